"""Other programs' files in and out. Nothing is accepted unseen: reading only ever makes a preview.

In, the door is `read.read`:
read           a file of any kind -> Import (the preview); guess_kind; KINDS, which kinds there are
preview        Import and its Rows: what was read, assumed, doubted, refused; Mapping, what each column means
sheet          a file of rows of text -> Sheets, whatever program wrote it: text, xlsx, docx, pdf
channel_table  Sheets with headings -> Import: 217A, plan, any channel list
headings       which column is which, in the many layouts
cells          one cell -> a frequency, a tone, a width, a mode
columns        a radio program's CSV, whose columns are known by name -> Import
tones          the standard CTCSS tones and DCS codes

Out, the door is `formats.write`:
formats        FORMATS, the list of them
written        what comes out: the bytes, and each row that was refused with the reason
expressible    what a format can hold, and in words why it cannot hold a channel
safe           text that no spreadsheet runs

Both ways, one module for each format:
own            our CSV and XLSX of channels and of plans: nothing is lost
chirp  rt_systems  icom  anytone  opengd77  adms  qdmr (out only)
"""
