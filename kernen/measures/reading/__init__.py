"""Understanding the figures that people load, from a file or pasted from a spreadsheet.

`tables` turns bytes or text into a table of cells, `figures` turns a table into periods and
figures with each problem named. Pure: no models, no requests.
"""
