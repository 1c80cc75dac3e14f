"""astropy's match_to_catalog_sky, from degrees on; it has no radius, so rows beyond it are dropped after. One thread only.

usage: match_astropy.py SKY... --out FILE.json [--runs N]
"""
import sys

from environment import run_in_venv
from exported_sky import RADIUS_ARCSEC, arguments, measure

OPTIONS = arguments(__doc__)
if OPTIONS.threads != 1:
    sys.exit("match_to_catalog_sky has no threads")
run_in_venv("numpy", "scipy", "astropy", OMP_NUM_THREADS=1)

import numpy as np
from astropy import units
from astropy.coordinates import SkyCoord


def match(sky):
    # new objects each time: the tree is kept in the catalog's
    right = SkyCoord(sky.right_ra * units.deg, sky.right_dec * units.deg)
    left = SkyCoord(sky.left_ra * units.deg, sky.left_dec * units.deg)
    index, separation, _ = left.match_to_catalog_sky(right)
    arcsec = separation.to_value(units.arcsec)
    rows = np.flatnonzero(arcsec <= RADIUS_ARCSEC)
    return rows, index[rows], arcsec[rows]


measure("astropy", match, OPTIONS)
