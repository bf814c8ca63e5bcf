"""Monitored objects 监测对象台账: the county's list moves in, is summed up, looked through and handed out again.

`contract` names the columns (datasets.md section 5), `reading` checks a file row by row and household by household,
`writing` brings the register to what it says, `importing` is the stage function, `summary` counts, `exporting`
writes the list in the layout of the file.
"""
