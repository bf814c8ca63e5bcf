import random, datetime
import pytest
from foundation.accounts.models import User
from monitoring.comparison import snapshot
from monitoring.comparison.asked import Asked
from monitoring.comparison.evaluating import evaluate
from monitoring.screening.book import standards, standard
from tests.monitoring.comparison.planting import plant
from tests.monitoring.comparison.test_worlds import differing, ON, world, LAW
from tests.monitoring.standards.lists import Lists
from tests.monitoring.standards.oracle import Oracle
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("seed",[3,2])
def test_w(seed):
    w=world(random.Random(seed), homes=8, rows=14)
    made=plant(w,by=User.objects.built_in("shell"))
    back={str(v):k for k,v in made.subjects.items()}
    n=0
    for h in w.households: print("H",h)
    print("ORA",seed,[(r.delivery.number,r.line,r.person,str(r.values["火化日期"])) for r in Lists(w,ON).held("cremation")])
    print("DEL",[(d,len([r for r in w.rows if r.delivery is d])) for d in w.deliveries if d.dataset=="cremation"])
    for c in ("999901","999902"):
      with snapshot.opened() as t:
        snapshot.read(t, snapshot.County(c))
        a=evaluate(t, Asked(ON, LAW.book, c), [standards()["cremated_in_benefit"]])
        n+=a["cremated_in_benefit"].subjects
        print("ALL",[ (made.deliveries[a],b,back[str(c)],str(d)) for a,b,c,d in t.rows('select delivery,line,subject,"火化日期" from feed_cremation_all order by 1,2')])
        print("EFF",[ (made.deliveries[a],b,back[str(c)],str(d)) for a,b,c,d in t.rows('select delivery,line,subject,"火化日期" from feed_cremation order by 1,2')])
        for tab in ("here","death","rows_cremation"):
            for r in t.rows(f"select * from {tab}"):
                print(tab,[back.get(str(x), str(x)) for x in r])
    o=Oracle(w,ON,LAW).ask(standard("cremated_in_benefit"),"9999").subjects
    print("SUBJ",seed,n,o)
    assert n==o
