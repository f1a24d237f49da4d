"""Fills what the demo shop tells before a purchase; part of `seed_demo_shop`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from console.gateways import demo_window
from console.gateways.demo_offers import demo_coupons, demo_grants, demo_promotions
from console.gateways.demo_sheets import demo_sheets
from console.gateways.demo_stock import demo_stock
from console.gateways.demo_terms import (
    BENEFITS,
    DELIVERY_RULES,
    PAYMENT_METHODS,
    SELLERS,
    demo_members,
)
from console.storage import shop_window as rows


def seed_window(tx: Connection, now: datetime) -> None:
    rows.insert_sheets(tx, demo_sheets())
    rows.insert_stock(tx, demo_stock(now))
    rows.insert_terms(tx, demo_window.SELLER, SELLERS)
    rows.insert_terms(tx, demo_window.DELIVERY, DELIVERY_RULES)
    rows.insert_terms(tx, demo_window.PAYMENT, PAYMENT_METHODS)
    rows.insert_terms(tx, demo_window.BENEFIT, BENEFITS)
    rows.insert_terms(tx, demo_window.PROMOTION, demo_promotions(now))
    rows.insert_coupons(tx, demo_coupons(now))
    tx.execute(rows.shop_coupon_grants.insert(), list(demo_grants(now)))
    members = [
        {column.name: getattr(one, column.name) for column in rows.shop_members.columns}
        for one in demo_members()
    ]
    tx.execute(rows.shop_members.insert(), members)
