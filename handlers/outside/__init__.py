"""学习强国 and its like: figures that other systems counted, taken over by month and unit."""
