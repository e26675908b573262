"""Emergency information (紧急信息) as pure decisions: what a line says, clocks, grades, wording."""
