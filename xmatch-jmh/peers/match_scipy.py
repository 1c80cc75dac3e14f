"""scipy's KDTree called as LSDB calls it: degrees, unit vectors, tree with defaults, query, separations; all of it timed.

All neighbours: the same call, as LSDB has no other, with as many neighbours as any row has. Who matches does not know that
number and would have to guess more or call again, so scipy is given it.

usage: match_scipy.py SKY... --out FILE.json [--threads N] [--runs N]
"""
from environment import run_in_venv
from exported_sky import RADIUS_ARCSEC, arguments, chord_of, measure, pairs_of, unit_vectors

OPTIONS = arguments(__doc__)
run_in_venv("numpy", "scipy", OMP_NUM_THREADS=OPTIONS.threads)

from scipy.spatial import KDTree


def match(sky):
    right = unit_vectors(sky.right_ra, sky.right_dec)
    left = unit_vectors(sky.left_ra, sky.left_dec)
    distance, index = KDTree(right).query(left, k=sky.most_neighbors, distance_upper_bound=chord_of(RADIUS_ARCSEC),
                                          workers=OPTIONS.threads)
    return pairs_of(distance, index, len(right))


measure("scipy", match, OPTIONS)
