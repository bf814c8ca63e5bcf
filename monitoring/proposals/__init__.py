"""Feeds keep the register current: what accepted rows say of a household, and what people make of it."""
