"""County departments that take part (domain.md 1.7), by their county short names."""

from django.db import migrations

DEPARTMENTS = {
    "rural_affairs": "农业农村局",
    "medical_insurance": "医保局",
    "health": "卫健局",
    "civil_affairs": "民政局",
    "education": "教育局",
    "housing": "住建局",
    "water": "水利局",
    "labour": "人社局",
    "police": "公安局",
    "emergency": "应急局",
    "fire": "消防救援大队",
    "disabled": "残联",
    "market": "市场监管局",
    "land": "自然资源局",
    "tax": "税务局",
    "housing_fund": "公积金中心",
    "finance": "财政局",
    "establishment": "编办",
    "veterans": "退役军人局",
    "justice": "司法局",
    "court": "法院",
    "petitions": "信访局",
    "women": "妇联",
    "youth": "团委",
    "union": "工会",
    "financial_office": "金融办",
    "insurer": "保险机构",
}


def ship(apps, schema_editor):
    department = apps.get_model("accounts", "Department")
    department.objects.bulk_create([department(code=code, name=name) for code, name in DEPARTMENTS.items()])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_areas_staff_postings")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
