"""pykdtree, a k-d tree in C: degrees, unit vectors, tree with defaults, query, separations; all of it timed.

usage: match_pykdtree.py SKY... --out FILE.json [--threads N] [--runs N]
"""
from environment import run_in_venv
from exported_sky import RADIUS_ARCSEC, arguments, chord_of, measure, pairs_of, unit_vectors

OPTIONS = arguments(__doc__)
run_in_venv("numpy", "pykdtree", OMP_NUM_THREADS=OPTIONS.threads)

from pykdtree.kdtree import KDTree


def match(sky):
    right = unit_vectors(sky.right_ra, sky.right_dec)
    left = unit_vectors(sky.left_ra, sky.left_dec)
    distance, index = KDTree(right).query(left, k=int(sky.neighbors), distance_upper_bound=chord_of(RADIUS_ARCSEC))
    return pairs_of(distance, index, len(right))


measure("pykdtree", match, OPTIONS)
