"""Who is on duty for the timetable, which of it is done; of how many things a message speaks."""

import sqlalchemy as sa
from alembic import op

revision = '3a0000000002'
down_revision = '4b0000000001'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('job_runs',
    sa.Column('job', sa.String(length=40), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('job', name=op.f('pk_job_runs'))
    )
    op.create_table('shifts',
    sa.Column('name', sa.String(length=24), nullable=False),
    sa.Column('holder', sa.Uuid(), nullable=True),
    sa.Column('until', sa.DateTime(), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_shifts'))
    )
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.add_column(sa.Column('n', sa.Integer(), nullable=False, server_default='1'))



def downgrade():
    with op.batch_alter_table('messages', schema=None) as batch_op:
        batch_op.drop_column('n')

    op.drop_table('shifts')
    op.drop_table('job_runs')
