"""The words of the register file, as a county writes them (datasets.md section 5)."""

HEAD, SPOUSE, SON, DAUGHTER = "户主", "配偶", "之子", "之女"
DAUGHTER_IN_LAW, SON_IN_LAW = "之儿媳", "之女婿"
GRANDSON, GRANDDAUGHTER = "之孙子", "之孙女"
DAUGHTERS_SON, DAUGHTERS_DAUGHTER = "之外孙子", "之外孙女"
FATHER, MOTHER, FATHER_IN_LAW, MOTHER_IN_LAW = "之父", "之母", "之公公", "之婆婆"
WIFES_FATHER, WIFES_MOTHER = "之岳父", "之岳母"
GRANDMOTHER, SIBLING = "之祖母", "之兄弟姐妹"

ORDINARY, LIFTED_OUT = "一般户", "脱贫户"
HEALTHY, CHRONIC, SERIOUS, DISABLED = "健康", "长期慢性病", "患有大病", "残疾"
ABLE, SKILLED, WEAK, LOST, UNABLE = (
    "普通劳动力",
    "技能劳动力",
    "弱劳动力或半劳动力",
    "丧失劳动力",
    "无劳动力",
)
NO_DIBAO, DIBAO = "未享受", "农村低保"
NO_TEKUN, TEKUN = "未享受", "农村特困"
YES, NO = "是", "否"
ASSISTED, NATURAL = "帮扶消除", "自然消除"

UNSCHOOLED, PRIMARY, JUNIOR, SENIOR = "其他", "小学", "初中", "普通高中"
VOCATIONAL, COLLEGE, BACHELOR = "中等职业教育", "大学专科", "大学本科"
AT_HOME, KINDERGARTEN = "学龄前儿童", "学前教育"
#: School stage by the age at which the school year began.
COMPULSORY = {
    6: "小学",
    7: "小学",
    8: "小学",
    9: "小学",
    10: "小学",
    11: "小学",
    12: "七年级",
    13: "八年级",
    14: "九年级",
}
SENIOR_HIGH = {15: "普通高中一年级", 16: "普通高中二年级", 17: "普通高中三年级"}
VOCATIONAL_SCHOOL = {15: "中职一年级", 16: "中职二年级", 17: "中职三年级"}
COLLEGE_YEARS = {18: "高职高专一年级", 19: "高职高专二年级", 20: "高职高专三年级"}
UNIVERSITY_YEARS = {18: "本科一年级", 19: "本科二年级", 20: "本科三年级", 21: "本科四年级"}

#: The columns of both files, in the order of datasets.md section 5.
REGISTER_COLUMNS = (
    "户编号", "行政区划代码", "村民小组", "户类型", "详细地址", "联系电话", "姓名", "身份证号", "与户主关系",
    "民族", "文化程度", "在校生状况", "健康状况", "劳动能力", "务工地点", "务工月数", "是否参加医保",
    "享受低保", "享受特困", "人均纯收入", "住房等级", "饮水安全",
)  # fmt: skip
MONITORED_COLUMNS = (
    "户编号", "行政区划代码", "姓名", "身份证号", "与户主关系", "监测对象类别",
    "风险类型1", "风险类型2", "风险类型3", "风险类型4", "风险类型5",
    "识别监测时间", "风险是否已消除", "风险消除时间", "风险消除方式", "帮扶责任人", "帮扶措施", "纳入时人均纯收入",
)  # fmt: skip
