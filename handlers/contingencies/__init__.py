"""应急预案: a checklist that starts by itself, each task with somebody and in a time; exercises."""
