"""A phone whose push service asked to wait is asked of nothing meanwhile."""

import sqlalchemy as sa
from alembic import op

import app.lib.db

revision = '4c0000000001'
down_revision = '9d0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        'subscriptions', sa.Column('silent_until', app.lib.db.UtcDateTime(), nullable=True)
    )


def downgrade():
    op.drop_column('subscriptions', 'silent_until')
