import sys
sys.exit("settings are read and never run")
SITEURL = "https://harbour.example"
