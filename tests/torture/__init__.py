"""What an archive has to live through: killed writers, lost power, full disks, flipped bits, crowds, hours.

`make torture` runs each to its full reach; the tests beside run each for some seconds.
"""
