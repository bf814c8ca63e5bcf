"""Batch assessment (综合评估—分类管理, domain.md 5.10): households judged from facts by a dated rule."""
