"""Writes ../resources/golden: HEALPix pixels by cdshealpix, separations by mpmath (50 digits), with a fixed seed."""
import pathlib

import cdshealpix.nested as nested
import mpmath
import numpy as np
from astropy.coordinates import Latitude, Longitude
import astropy.units as u

rng = np.random.default_rng(9)
out = pathlib.Path(__file__).parent.parent / "resources" / "golden"
cap = np.degrees(np.arcsin(2 / 3))

n = 300
ra = np.concatenate([rng.random(n) * 360, rng.integers(0, 16, n) * 22.5 + rng.normal(0, 1e-7, n), rng.random(n) * 360, 10 ** rng.uniform(-13, 0, n)]) % 360
dec = np.concatenate([np.degrees(np.arcsin(rng.uniform(-1, 1, n))), rng.choice([cap, -cap, 0], n) + rng.normal(0, 1e-7, n),
                      rng.choice([-1, 1], n) * (90 - 10 ** rng.uniform(-12, 1, n)), rng.uniform(-90, 90, n)])
with open(out / "pixels.csv", "w") as file:
    file.write("ra,dec,pixel29,order,neighbours\n")
    for a, d in zip(ra, dec):
        order = int(rng.integers(0, 30))
        pixel = nested.lonlat_to_healpix(Longitude(a, u.deg), Latitude(d, u.deg), 29)
        around = nested.neighbours(pixel.astype(np.uint64) >> np.uint64(2 * (29 - order)), order)[0]
        around = sorted(int(p) for i, p in enumerate(around) if i != 4 and p >= 0)
        file.write(f"{a!r},{d!r},{int(np.ravel(pixel)[0])},{order},{' '.join(map(str, around))}\n".replace("np.float64(", "").replace(")", ""))

mpmath.mp.dps = 50
with open(out / "separations.csv", "w") as file:
    file.write("ra1,dec1,ra2,dec2,arcsec\n")
    for i in range(1500):
        ra1 = float(rng.choice([rng.random() * 360, 0.0, 359.9999999, 10 ** rng.uniform(-12, 0)]))
        dec1 = float(rng.choice([np.degrees(np.arcsin(rng.uniform(-1, 1))), 90 - 10 ** rng.uniform(-10, 0), -90 + 10 ** rng.uniform(-10, 0), 0.0]))
        step = 10 ** rng.uniform(-10, 1)
        angle = rng.random() * 2 * np.pi
        dec2 = float(np.clip(dec1 + step * np.sin(angle), -90, 90))
        ra2 = float((ra1 + step * np.cos(angle) / max(1e-3, np.cos(np.radians(dec1)))) % 360)
        r1, d1, r2, d2 = (mpmath.mpf(v) * mpmath.pi / 180 for v in (ra1, dec1, ra2, dec2))
        hav = mpmath.sin((d1 - d2) / 2) ** 2 + mpmath.cos(d1) * mpmath.cos(d2) * mpmath.sin((r1 - r2) / 2) ** 2
        arcsec = 2 * mpmath.asin(mpmath.sqrt(hav)) * 180 * 3600 / mpmath.pi
        file.write(f"{ra1!r},{dec1!r},{ra2!r},{dec2!r},{mpmath.nstr(arcsec, 25)}\n")
