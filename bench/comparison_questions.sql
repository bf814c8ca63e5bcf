-- The questions of the core standards as one would write them by hand, for DuckDB and for PostgreSQL alike: each says
-- how many lie over the line on 31 October 2026. `alive` are the people with class, household and birth; every
-- dataset is a table with `receipt` and `period_last` beside its own columns. Keys of events are taken to be unique.
-- medical_self_paid_year
SELECT count(*) FROM (
    SELECT subject FROM medical_settlement JOIN alive USING (subject)
    WHERE "结算日期" BETWEEN DATE '2026-01-01' AND DATE '2026-10-31'
    GROUP BY subject, low HAVING sum("个人自付") >= CASE WHEN low THEN 10000 ELSE 26000 END
) AS found
-- medical_self_paid_half_year
SELECT count(*) FROM (
    SELECT household FROM medical_settlement JOIN alive USING (subject)
    WHERE "结算日期" BETWEEN DATE '2026-05-01' AND DATE '2026-10-31'
    GROUP BY household, low HAVING sum("个人自付") >= CASE WHEN low THEN 15000 ELSE 30000 END
) AS found
-- medical_single_stay
SELECT count(DISTINCT subject) FROM medical_settlement JOIN alive USING (subject)
WHERE "就诊类别" = '住院' AND "结算日期" BETWEEN DATE '2025-11-01' AND DATE '2026-10-31'
    AND "个人自付" >= CASE WHEN low THEN 6000 ELSE 10000 END
-- school_dropout
SELECT count(*) FROM (
    SELECT "状态", "学段", row_number() OVER (
        PARTITION BY subject ORDER BY "登记日期" DESC, receipt DESC, seq DESC) AS place
    FROM school_dropout JOIN alive USING (subject) WHERE "登记日期" <= DATE '2026-10-31'
) AS newest WHERE place = 1 AND "状态" IN ('疑似', '已辍学') AND "学段" IN ('小学', '初中')
-- dibao_left
SELECT count(DISTINCT before.subject) FROM dibao_roll AS before JOIN alive USING (subject)
WHERE before.period_last = DATE '2026-09-30' AND NOT EXISTS (
    SELECT 1 FROM dibao_roll AS now WHERE now.subject = before.subject AND now.period_last = DATE '2026-10-31')
-- cremated_in_benefit
SELECT count(DISTINCT gone.subject) FROM cremation AS gone JOIN dibao_roll AS now USING (subject) JOIN people USING (subject)
WHERE gone."火化日期" <= DATE '2026-10-31' AND now.period_last = DATE '2026-10-31'
-- disability_severe
SELECT count(*) FROM (
    SELECT "残疾等级", "状态", "发证日期", row_number() OVER (
        PARTITION BY subject ORDER BY "发证日期" DESC, receipt DESC, seq DESC) AS place
    FROM disability_certificate JOIN alive USING (subject) WHERE "发证日期" <= DATE '2026-10-31'
) AS newest WHERE place = 1 AND "残疾等级" IN ('1', '2') AND coalesce("状态", '') <> '注销'
    AND "发证日期" > DATE '2025-10-31'
-- work_lost
SELECT count(*) FROM (
    SELECT "就业状态", born_on, row_number() OVER (
        PARTITION BY subject ORDER BY "登记日期" DESC, receipt DESC, seq DESC) AS place
    FROM employment JOIN alive USING (subject) WHERE "登记日期" <= DATE '2026-10-31'
) AS newest WHERE place = 1 AND "就业状态" IN ('失业', '返乡')
    AND born_on > DATE '1966-10-31' AND born_on <= DATE '2010-10-31'
-- house_unsafe
SELECT count(*) FROM (
    SELECT "房屋等级", "是否整改", row_number() OVER (
        PARTITION BY subject ORDER BY "鉴定日期" DESC, receipt DESC, seq DESC) AS place
    FROM house_grade JOIN alive USING (subject) WHERE "鉴定日期" <= DATE '2026-10-31'
) AS newest WHERE place = 1 AND "房屋等级" IN ('C', 'D') AND NOT "是否整改"
-- water_unsafe
SELECT count(DISTINCT subject) FROM water_supply JOIN alive USING (subject)
WHERE NOT "是否解决" AND "发现日期" <= DATE '2026-10-31'
-- disaster_loss
SELECT count(*) FROM (
    SELECT subject FROM disaster_loss JOIN alive USING (subject)
    WHERE "受灾日期" BETWEEN DATE '2025-11-01' AND DATE '2026-10-31' GROUP BY subject
    HAVING sum("直接经济损失") >= 10000 OR max(CASE WHEN "房屋损坏" IN ('严重', '倒塌') THEN 1 ELSE 0 END) = 1
) AS found
-- traffic_harm
SELECT count(DISTINCT subject) FROM traffic_accident JOIN alive USING (subject)
WHERE "伤情" IN ('死亡', '重伤') AND "事故日期" BETWEEN DATE '2025-11-01' AND DATE '2026-10-31'
-- farm_income_fall
SELECT count(*) FROM (
    SELECT household FROM (
        SELECT household, "上年收入", "本年收入", row_number() OVER (
            PARTITION BY subject, "年度", "产业" ORDER BY "登记日期" DESC, receipt DESC, seq DESC) AS place
        FROM farm_income JOIN alive USING (subject) WHERE "登记日期" <= DATE '2026-10-31'
    ) AS newest WHERE place = 1 GROUP BY household
    HAVING sum("上年收入") > 0 AND sum("上年收入") - sum("本年收入") >= 0.3 * sum("上年收入")
) AS found
-- loan_overdue
SELECT count(DISTINCT subject) FROM microloan JOIN alive USING (subject)
WHERE "逾期金额" > 0 AND "逾期天数" >= 30 AND period_last <= DATE '2026-10-31'
-- large_loss_claim
SELECT count(*) FROM (
    SELECT subject FROM injury_claim JOIN alive USING (subject)
    WHERE "出险日期" BETWEEN DATE '2025-11-01' AND DATE '2026-10-31' GROUP BY subject HAVING sum("损失金额") >= 20000
) AS found
-- uninsured
SELECT count(*) FROM (
    SELECT "是否参保", row_number() OVER (PARTITION BY subject ORDER BY period_last DESC, receipt DESC, seq DESC) AS place
    FROM medical_insurance_status JOIN alive USING (subject)
    WHERE "参保年度" = 2026 AND period_last <= DATE '2026-10-31'
) AS newest WHERE place = 1 AND NOT "是否参保"
-- labour_lost
SELECT count(DISTINCT subject) FROM household_registration JOIN people USING (subject)
WHERE "变动类型" = '死亡' AND "变动日期" BETWEEN DATE '2025-11-01' AND DATE '2026-10-31'
    AND extract(year FROM age("变动日期", born_on)) BETWEEN 16 AND 59
    AND household IN (SELECT household FROM alive)
-- benefit_fell
SELECT count(*) FROM (
    SELECT household FROM dibao_roll JOIN people USING (subject)
    LEFT JOIN (SELECT subject, true AS living FROM alive) AS still USING (subject)
    WHERE period_last IN (DATE '2026-09-30', DATE '2026-10-31') AND household IN (SELECT household FROM alive)
    GROUP BY household
    HAVING sum(CASE WHEN period_last = DATE '2026-09-30' THEN "月保障金额" ELSE 0 END)
        > sum(CASE WHEN period_last = DATE '2026-10-31' AND living THEN "月保障金额" ELSE 0 END)
) AS found
