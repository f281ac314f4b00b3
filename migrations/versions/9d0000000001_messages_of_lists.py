"""A message may be about a list that others sent."""

import sqlalchemy as sa
from alembic import op

revision = '9d0000000001'
down_revision = '7d0000000002'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('messages', sa.Column('list_id', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_messages_list_id'), 'messages', ['list_id'])


def downgrade():
    op.drop_index(op.f('ix_messages_list_id'), table_name='messages')
    op.drop_column('messages', 'list_id')
