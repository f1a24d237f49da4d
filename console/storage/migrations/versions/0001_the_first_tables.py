"""The first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "after_sale_request",
        sa.Column("rma_no", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("pickup_at", sa.BigInteger(), nullable=True),
        sa.Column("pickup_label", sa.Text(), nullable=False),
        sa.Column("pickup_no", sa.Text(), nullable=True),
        sa.Column("pickup_address", sa.Text(), nullable=False),
        sa.Column("pickup_number", sa.Integer(), nullable=False),
        sa.Column("photos", sa.Text(), nullable=False),
        sa.Column("accessories_complete", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("new_product_id", sa.Text(), nullable=True),
        sa.Column("new_variant", sa.Text(), nullable=True),
        sa.Column("new_variant_en", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("refund_fen", sa.Integer(), nullable=False),
        sa.Column("refund_lines", sa.Text(), nullable=False),
        sa.Column("return_freight_fen", sa.Integer(), nullable=False),
        sa.Column("deducted_fen", sa.Integer(), nullable=False),
        sa.Column("fee_fen", sa.Integer(), nullable=False),
        sa.Column("reservation_no", sa.Text(), nullable=True),
        sa.Column("shipment_no", sa.Text(), nullable=True),
        sa.Column("refund_no", sa.Text(), nullable=True),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name="returns_something"),
        sa.PrimaryKeyConstraint("rma_no", name=op.f("pk_after_sale_request")),
        sa.UniqueConstraint("key", name=op.f("uq_after_sale_request_key")),
    )
    with op.batch_alter_table("after_sale_request", schema=None) as batch_op:
        batch_op.create_index(
            "ix_after_sale_request_customer", ["customer_no", "created_at"], unique=False
        )
        batch_op.create_index("ix_after_sale_request_order", ["order_no"], unique=False)

    op.create_table(
        "agent",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("queues", sa.Text(), nullable=False),
        sa.Column("limit", sa.Integer(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
        sa.UniqueConstraint("login", name=op.f("uq_agent_login")),
    )
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_log")),
    )
    op.create_table(
        "cancellation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("refund_fen", sa.Integer(), nullable=False),
        sa.Column("refund_no", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cancellation")),
        sa.UniqueConstraint("key", name=op.f("uq_cancellation_key")),
    )
    with op.batch_alter_table("cancellation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_cancellation_standing",
            ["order_no"],
            unique=True,
            sqlite_where=sa.text("state <> 'too_late'"),
            postgresql_where=sa.text("state <> 'too_late'"),
        )

    op.create_table(
        "customer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("shop_customer_no", sa.Text(), nullable=True),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("member_level", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("shop_customer_no", name=op.f("uq_customer_shop_customer_no")),
    )
    op.create_table(
        "guest_try",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("visitor_id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=True),
        sa.Column("phone_last4", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_guest_try")),
    )
    with op.batch_alter_table("guest_try", schema=None) as batch_op:
        batch_op.create_index("ix_guest_try_network", ["network", "at"], unique=False)
        batch_op.create_index("ix_guest_try_order", ["order_no", "at"], unique=False)
        batch_op.create_index("ix_guest_try_visitor", ["visitor_id", "at"], unique=False)

    op.create_table(
        "policy",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.Integer(), nullable=False),
        sa.Column("scope_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
    )
    op.create_table(
        "policy_decision",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_decision")),
    )
    with op.batch_alter_table("policy_decision", schema=None) as batch_op:
        batch_op.create_index(
            "ix_policy_decision_conversation", ["conversation_id", "at"], unique=False
        )
        batch_op.create_index("ix_policy_decision_order", ["order_no"], unique=False)

    op.create_table(
        "presence_log",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("agent_id", "since", name=op.f("pk_presence_log")),
    )
    op.create_table(
        "price_claim_day",
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("paid_fen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("customer_no", "day", name=op.f("pk_price_claim_day")),
    )
    op.create_table(
        "price_claim_line",
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("claimed_fen", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_price_claim_line")),
    )
    op.create_table(
        "price_claim_request",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("verdicts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_price_claim_request")),
    )
    op.create_table(
        "shop_coupon",
        sa.Column("coupon_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("coupon_id", name=op.f("pk_shop_coupon")),
    )
    op.create_table(
        "shop_customer",
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("member_level", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("customer_no", name=op.f("pk_shop_customer")),
    )
    op.create_table(
        "shop_own_delivery",
        sa.Column("city", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("city", name=op.f("pk_shop_own_delivery")),
    )
    op.create_table(
        "shop_product",
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("store_name", sa.Text(), nullable=False),
        sa.Column("store_name_en", sa.Text(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("point_en", sa.Text(), nullable=False),
        sa.Column("purchase_limit", sa.Integer(), nullable=True),
        sa.Column("image", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_shop_product")),
    )
    op.create_table(
        "shop_reservation",
        sa.Column("reservation_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("reservation_no", name=op.f("pk_shop_reservation")),
    )
    with op.batch_alter_table("shop_reservation", schema=None) as batch_op:
        batch_op.create_index("ix_shop_reservation_product", ["product_id", "until"], unique=False)

    op.create_table(
        "shop_serial",
        sa.Column("serial_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("serial_no", name=op.f("pk_shop_serial")),
    )
    op.create_table(
        "shop_service_center",
        sa.Column("center_id", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("city_en", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("address_en", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("center_id", name=op.f("pk_shop_service_center")),
    )
    op.create_table(
        "shop_term",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "position", name=op.f("pk_shop_term")),
    )
    op.create_table(
        "shop_write",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_shop_write")),
    )
    op.create_table(
        "trade_in",
        sa.Column("trade_in_no", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("new_product", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("pickup_at", sa.BigInteger(), nullable=False),
        sa.Column("pickup_label", sa.Text(), nullable=False),
        sa.Column("low_fen", sa.Integer(), nullable=False),
        sa.Column("high_fen", sa.Integer(), nullable=False),
        sa.Column("final_fen", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.Column("answer_until", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("low_fen <= high_fen", name="estimates_a_range"),
        sa.PrimaryKeyConstraint("trade_in_no", name=op.f("pk_trade_in")),
        sa.UniqueConstraint("key", name=op.f("uq_trade_in_key")),
    )
    with op.batch_alter_table("trade_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trade_in_customer_no"), ["customer_no"], unique=False)

    op.create_table(
        "used_jwt",
        sa.Column("jti", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("jti", name=op.f("pk_used_jwt")),
    )
    with op.batch_alter_table("used_jwt", schema=None) as batch_op:
        batch_op.create_index("ix_used_jwt_expires_at", ["expires_at"], unique=False)

    op.create_table(
        "after_sale_change",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("rma_no", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rma_no"],
            ["after_sale_request.rma_no"],
            name=op.f("fk_after_sale_change_rma_no_after_sale_request"),
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_after_sale_change")),
    )
    with op.batch_alter_table("after_sale_change", schema=None) as batch_op:
        batch_op.create_index("ix_after_sale_change_request", ["rma_no", "at"], unique=False)

    op.create_table(
        "after_sale_step",
        sa.Column("rma_no", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["rma_no"],
            ["after_sale_request.rma_no"],
            name=op.f("fk_after_sale_step_rma_no_after_sale_request"),
        ),
        sa.PrimaryKeyConstraint("rma_no", "position", name=op.f("pk_after_sale_step")),
    )
    op.create_table(
        "agent_session",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_agent_session_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_agent_session")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=True),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("reask_count", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_case_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["agent.id"], name=op.f("fk_case_owner_id_agent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
    )
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.create_index("ix_case_customer", ["customer_id", "last_at"], unique=False)

    op.create_table(
        "customer_token",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("visitor_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_customer_token_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_customer_token")),
    )
    with op.batch_alter_table("customer_token", schema=None) as batch_op:
        batch_op.create_index("ix_customer_token_customer", ["customer_id"], unique=False)
        batch_op.create_index("ix_customer_token_expires_at", ["expires_at"], unique=False)

    op.create_table(
        "guest_network",
        sa.Column("visitor_id", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["customer.id"], name=op.f("fk_guest_network_visitor_id_customer")
        ),
        sa.PrimaryKeyConstraint("visitor_id", name=op.f("pk_guest_network")),
    )
    op.create_table(
        "marketing_refusal",
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("told_shop_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_marketing_refusal_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", "channel", name=op.f("pk_marketing_refusal")),
    )
    op.create_table(
        "presence",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agent_id"], ["agent.id"], name=op.f("fk_presence_agent_id_agent")
        ),
        sa.PrimaryKeyConstraint("agent_id", name=op.f("pk_presence")),
    )
    op.create_table(
        "price_claim",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("claim_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("refund_no", sa.Text(), nullable=True),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("claim_fen > 0", name="claims_something"),
        sa.ForeignKeyConstraint(
            ["key"],
            ["price_claim_request.key"],
            name=op.f("fk_price_claim_key_price_claim_request"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_claim")),
        sa.UniqueConstraint("key", "line_id", name=op.f("uq_price_claim_key_line_id")),
    )
    with op.batch_alter_table("price_claim", schema=None) as batch_op:
        batch_op.create_index("ix_price_claim_line", ["line_id"], unique=False)
        batch_op.create_index("ix_price_claim_state", ["state"], unique=False)

    op.create_table(
        "shop_coupon_grant",
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("coupon_id", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["coupon_id"],
            ["shop_coupon.coupon_id"],
            name=op.f("fk_shop_coupon_grant_coupon_id_shop_coupon"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_no"],
            ["shop_customer.customer_no"],
            name=op.f("fk_shop_coupon_grant_customer_no_shop_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_no", "coupon_id", name=op.f("pk_shop_coupon_grant")),
    )
    op.create_table(
        "shop_guide",
        sa.Column("guide_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("steps_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["shop_product.product_id"],
            name=op.f("fk_shop_guide_product_id_shop_product"),
        ),
        sa.PrimaryKeyConstraint("guide_id", name=op.f("pk_shop_guide")),
    )
    with op.batch_alter_table("shop_guide", schema=None) as batch_op:
        batch_op.create_index("ix_shop_guide_product", ["product_id"], unique=False)

    op.create_table(
        "shop_marketing",
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("is_allowed", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_no"],
            ["shop_customer.customer_no"],
            name=op.f("fk_shop_marketing_customer_no_shop_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_no", "channel", name=op.f("pk_shop_marketing")),
    )
    op.create_table(
        "shop_member",
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("growth", sa.Integer(), nullable=False),
        sa.Column("next_growth", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_no"],
            ["shop_customer.customer_no"],
            name=op.f("fk_shop_member_customer_no_shop_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_no", name=op.f("pk_shop_member")),
    )
    op.create_table(
        "shop_order",
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", sa.BigInteger(), nullable=True),
        sa.Column("promised_at", sa.BigInteger(), nullable=True),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.Column("seller_id", sa.Text(), nullable=False),
        sa.Column("store_name", sa.Text(), nullable=False),
        sa.Column("store_name_en", sa.Text(), nullable=False),
        sa.Column("freight_fen", sa.Integer(), nullable=False),
        sa.Column("is_freight_refunded", sa.Boolean(), nullable=False),
        sa.Column("receiver_name", sa.Text(), nullable=False),
        sa.Column("receiver_phone", sa.Text(), nullable=False),
        sa.Column("receiver_address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_no"],
            ["shop_customer.customer_no"],
            name=op.f("fk_shop_order_customer_no_shop_customer"),
        ),
        sa.PrimaryKeyConstraint("order_no", name=op.f("pk_shop_order")),
    )
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.create_index("ix_shop_order_customer", ["customer_no", "placed_at"], unique=False)

    op.create_table(
        "shop_part",
        sa.Column("part_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("value_fen", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.CheckConstraint("stock >= 0", name="no_part_below_zero"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["shop_product.product_id"],
            name=op.f("fk_shop_part_product_id_shop_product"),
        ),
        sa.PrimaryKeyConstraint("part_id", name=op.f("pk_shop_part")),
    )
    with op.batch_alter_table("shop_part", schema=None) as batch_op:
        batch_op.create_index("ix_shop_part_product", ["product_id"], unique=False)

    op.create_table(
        "shop_price_point",
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["shop_product.product_id"],
            name=op.f("fk_shop_price_point_product_id_shop_product"),
        ),
        sa.PrimaryKeyConstraint("product_id", "at", name=op.f("pk_shop_price_point")),
    )
    op.create_table(
        "shop_sheet",
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["shop_product.product_id"],
            name=op.f("fk_shop_sheet_product_id_shop_product"),
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_shop_sheet")),
    )
    op.create_table(
        "shop_stock",
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("regions", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("arrives_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["shop_product.product_id"],
            name=op.f("fk_shop_stock_product_id_shop_product"),
        ),
        sa.PrimaryKeyConstraint("product_id", "variant", "position", name=op.f("pk_shop_stock")),
    )
    op.create_table(
        "shop_variant",
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("variant_en", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["shop_product.product_id"],
            name=op.f("fk_shop_variant_product_id_shop_product"),
        ),
        sa.PrimaryKeyConstraint("product_id", "variant", name=op.f("pk_shop_variant")),
    )
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_attempt_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attempt_case_id"), ["case_id"], unique=False)

    op.create_table(
        "conversation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("assignee_id", sa.Text(), nullable=True),
        sa.Column("offered_to", sa.Text(), nullable=True),
        sa.Column("last_agent_id", sa.Text(), nullable=True),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_public_seq", sa.Integer(), nullable=False),
        sa.Column("owed_seq", sa.Integer(), nullable=False),
        sa.Column("state_seq", sa.Integer(), nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("last_text", sa.Text(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.Column("done_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("customer_read_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("agent_read_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("words_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["agent.id"], name=op.f("fk_conversation_assignee_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_conversation_case_id_case")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_conversation_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["last_agent_id"], ["agent.id"], name=op.f("fk_conversation_last_agent_id_agent")
        ),
        sa.ForeignKeyConstraint(
            ["offered_to"], ["agent.id"], name=op.f("fk_conversation_offered_to_agent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.create_index(
            "ix_conversation_customer", ["customer_id", "started_at"], unique=False
        )
        batch_op.create_index("ix_conversation_last_at", ["last_at"], unique=False)
        batch_op.create_index("ix_conversation_state", ["state", "assignee_id"], unique=False)

    op.create_table(
        "fact",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_fact_case_id_case")),
        sa.PrimaryKeyConstraint("case_id", "name", name=op.f("pk_fact")),
    )
    op.create_table(
        "shop_charge",
        sa.Column("charge_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["order_no"], ["shop_order.order_no"], name=op.f("fk_shop_charge_order_no_shop_order")
        ),
        sa.PrimaryKeyConstraint("charge_no", name=op.f("pk_shop_charge")),
    )
    with op.batch_alter_table("shop_charge", schema=None) as batch_op:
        batch_op.create_index("ix_shop_charge_order", ["order_no"], unique=False)

    op.create_table(
        "shop_delivery",
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["shop_order.order_no"], name=op.f("fk_shop_delivery_order_no_shop_order")
        ),
        sa.PrimaryKeyConstraint("order_no", name=op.f("pk_shop_delivery")),
    )
    op.create_table(
        "shop_invoice",
        sa.Column("invoice_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("title_kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tax_no", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("is_replaced", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["shop_order.order_no"], name=op.f("fk_shop_invoice_order_no_shop_order")
        ),
        sa.PrimaryKeyConstraint("invoice_no", name=op.f("pk_shop_invoice")),
    )
    with op.batch_alter_table("shop_invoice", schema=None) as batch_op:
        batch_op.create_index("ix_shop_invoice_order", ["order_no"], unique=False)

    op.create_table(
        "shop_order_line",
        sa.Column("line_id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit_fen", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("promotion_fen", sa.Integer(), nullable=False),
        sa.Column("coupon_fen", sa.Integer(), nullable=False),
        sa.Column("returned_quantity", sa.Integer(), nullable=False),
        sa.Column("price_kind", sa.Text(), nullable=False),
        sa.Column("is_made_to_order", sa.Boolean(), nullable=False),
        sa.Column("no_return_ack_at", sa.BigInteger(), nullable=True),
        sa.Column("image", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["shop_order.order_no"],
            name=op.f("fk_shop_order_line_order_no_shop_order"),
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["shop_product.product_id"],
            name=op.f("fk_shop_order_line_product_id_shop_product"),
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_shop_order_line")),
    )
    with op.batch_alter_table("shop_order_line", schema=None) as batch_op:
        batch_op.create_index("ix_shop_order_line_order", ["order_no"], unique=False)

    op.create_table(
        "shop_order_note",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"],
            ["shop_order.order_no"],
            name=op.f("fk_shop_order_note_order_no_shop_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_order_note")),
    )
    with op.batch_alter_table("shop_order_note", schema=None) as batch_op:
        batch_op.create_index("ix_shop_order_note_order", ["order_no"], unique=False)

    op.create_table(
        "shop_parcel",
        sa.Column("waybill_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("carrier_en", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("line_ids", sa.Text(), nullable=False),
        sa.Column("promised_at", sa.BigInteger(), nullable=True),
        sa.Column("signed_at", sa.BigInteger(), nullable=True),
        sa.Column("origin_city", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["shop_order.order_no"], name=op.f("fk_shop_parcel_order_no_shop_order")
        ),
        sa.PrimaryKeyConstraint("waybill_no", name=op.f("pk_shop_parcel")),
    )
    with op.batch_alter_table("shop_parcel", schema=None) as batch_op:
        batch_op.create_index("ix_shop_parcel_order", ["order_no"], unique=False)

    op.create_table(
        "shop_payment",
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("refunded_fen", sa.Integer(), nullable=False),
        sa.CheckConstraint("refunded_fen BETWEEN 0 AND amount_fen", name="refund_within_payment"),
        sa.ForeignKeyConstraint(
            ["order_no"], ["shop_order.order_no"], name=op.f("fk_shop_payment_order_no_shop_order")
        ),
        sa.PrimaryKeyConstraint("order_no", "position", name=op.f("pk_shop_payment")),
    )
    op.create_table(
        "shop_refund",
        sa.Column("refund_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_no"], ["shop_order.order_no"], name=op.f("fk_shop_refund_order_no_shop_order")
        ),
        sa.PrimaryKeyConstraint("refund_no", name=op.f("pk_shop_refund")),
    )
    with op.batch_alter_table("shop_refund", schema=None) as batch_op:
        batch_op.create_index("ix_shop_refund_order", ["order_no"], unique=False)

    op.create_table(
        "button",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("intent", sa.Text(), nullable=False),
        sa.Column("entities", sa.Text(), nullable=False),
        sa.Column("offered_seq", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_button_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_button")),
    )
    with op.batch_alter_table("button", schema=None) as batch_op:
        batch_op.create_index("ix_button_conversation", ["conversation_id"], unique=False)

    op.create_table(
        "dialogue",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("slots", sa.Text(), nullable=False),
        sa.Column("active_loop", sa.Text(), nullable=True),
        sa.Column("requested_slot", sa.Text(), nullable=True),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_dialogue_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_dialogue")),
    )
    op.create_table(
        "event",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("prev_public", sa.Integer(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("client_msg_id", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_event_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", "seq", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            "uq_event_client_msg_id",
            ["client_msg_id", "conversation_id", "actor_kind", "actor_id"],
            unique=True,
            sqlite_where=sa.text("client_msg_id IS NOT NULL"),
            postgresql_where=sa.text("client_msg_id IS NOT NULL"),
        )

    op.create_table(
        "handoff",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("emotion", sa.Integer(), nullable=False),
        sa.Column("extra_points", sa.Integer(), nullable=False),
        sa.Column("overdue_promise", sa.Boolean(), nullable=False),
        sa.Column("preferred_id", sa.Text(), nullable=True),
        sa.Column("last_agent_id", sa.Text(), nullable=True),
        sa.Column("last_agent_at", sa.BigInteger(), nullable=True),
        sa.Column("brief", sa.Text(), nullable=False),
        sa.Column("declined", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.BigInteger(), nullable=False),
        sa.Column("offered_to", sa.Text(), nullable=True),
        sa.Column("offered_at", sa.BigInteger(), nullable=True),
        sa.Column("routing_reason", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_handoff_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff")),
    )
    with op.batch_alter_table("handoff", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_handoff_conversation_id"), ["conversation_id"], unique=False
        )
        batch_op.create_index("ix_handoff_open", ["ended_at", "queue"], unique=False)

    op.create_table(
        "item_alert",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("target_fen", sa.Integer(), nullable=True),
        sa.Column("base_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_item_alert_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_item_alert_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_alert")),
        sa.UniqueConstraint("key", name=op.f("uq_item_alert_key")),
    )
    with op.batch_alter_table("item_alert", schema=None) as batch_op:
        batch_op.create_index("ix_item_alert_customer", ["customer_id"], unique=False)
        batch_op.create_index("ix_item_alert_state", ["state"], unique=False)

    op.create_table(
        "order_watch",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("customer_no", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_order_watch_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_order_watch_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_watch")),
        sa.UniqueConstraint("key", name=op.f("uq_order_watch_key")),
    )
    with op.batch_alter_table("order_watch", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_order_watch_customer_id"), ["customer_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_order_watch_state"), ["state"], unique=False)

    op.create_table(
        "promise",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Text(), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_promise_case_id_case")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_promise_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["agent.id"], name=op.f("fk_promise_owner_id_agent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise")),
    )
    with op.batch_alter_table("promise", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promise_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_promise_due", ["state", "due_at"], unique=False)

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("is_reask", sa.Boolean(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_question_case_id_case")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_question_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint(
            "conversation_id", "seq", "slot", name=op.f("uq_question_conversation_id_seq_slot")
        ),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_case_id"), ["case_id"], unique=False)

    op.create_table(
        "rating",
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("served_by", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score_is_one_to_five"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_rating_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", "served_by", name=op.f("pk_rating")),
    )
    op.create_table(
        "shop_parcel_event",
        sa.Column("waybill_no", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["waybill_no"],
            ["shop_parcel.waybill_no"],
            name=op.f("fk_shop_parcel_event_waybill_no_shop_parcel"),
        ),
        sa.PrimaryKeyConstraint("waybill_no", "position", name=op.f("pk_shop_parcel_event")),
    )
    op.create_table(
        "turn",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column("to_seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("parse", sa.Text(), nullable=True),
        sa.Column("responses", sa.Text(), nullable=True),
        sa.Column("model_id", sa.Text(), nullable=True),
        sa.Column("timing", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_turn_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint(
            "conversation_id", "to_seq", name=op.f("uq_turn_conversation_id_to_seq")
        ),
    )
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.create_index("ix_turn_state", ["state", "lease_until"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_upload_conversation_id_conversation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_table(
        "work_order",
        sa.Column("work_order_no", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("conversation_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=True),
        sa.Column("line_id", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("promise_id", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("severity BETWEEN 1 AND 4", name="severity_is_one_to_four"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_work_order_case_id_case")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_work_order_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.id"], name=op.f("fk_work_order_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name=op.f("fk_work_order_promise_id_promise")
        ),
        sa.PrimaryKeyConstraint("work_order_no", name=op.f("pk_work_order")),
        sa.UniqueConstraint("key", name=op.f("uq_work_order_key")),
    )
    with op.batch_alter_table("work_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_order_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_work_order_customer_id"), ["customer_id"], unique=False
        )


def downgrade() -> None:
    raise NotImplementedError("restore a backup instead")
