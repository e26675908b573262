"""Run by Alembic: migrate over the connection that the caller opened."""

from alembic import context

from storage.migrations import is_of_models
from storage.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    include_name=is_of_models,
)
with context.begin_transaction():
    context.run_migrations()
