"""Files of templates, which come along with what is given by them."""

import sqlalchemy as sa
from alembic import op

revision = '7b0000000001'
down_revision = '7a0000000001'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('template_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('kept_as', sa.Uuid(), nullable=True))
        batch_op.create_index(batch_op.f('ix_attachments_template_id'), ['template_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_attachments_template_id_assignment_templates'),
            'assignment_templates', ['template_id'], ['id'])


def downgrade():
    with op.batch_alter_table('attachments', schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f('fk_attachments_template_id_assignment_templates'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_attachments_template_id'))
        batch_op.drop_column('kept_as')
        batch_op.drop_column('template_id')
