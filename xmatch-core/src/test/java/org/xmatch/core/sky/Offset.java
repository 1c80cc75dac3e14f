package org.xmatch.core.sky;

/** Positions at a distance and direction from others. */
public final class Offset {

    private Offset() {}

    /** The position {@code arcsec} away, {@code angle} degrees from north to east. */
    public static SkyPosition from(double ra, double dec, double arcsec, double angle) {
        double distance = Math.toRadians(arcsec / 3600);
        double d = Math.toRadians(dec);
        double a = Math.toRadians(angle);
        double[] center = {Math.cos(d), 0, Math.sin(d)};
        double[] north = {-Math.sin(d), 0, Math.cos(d)};
        double x = center[0] * Math.cos(distance) + north[0] * Math.sin(distance) * Math.cos(a);
        double y = Math.sin(distance) * Math.sin(a);
        double z = center[2] * Math.cos(distance) + north[2] * Math.sin(distance) * Math.cos(a);
        double outRa = (ra + Math.toDegrees(Math.atan2(y, x))) % 360;
        return new SkyPosition(outRa < 0 ? outRa + 360 : outRa, Math.toDegrees(Math.atan2(z, Math.hypot(x, y))));
    }
}
