package org.xmatch.core.healpix;

import org.xmatch.core.sky.SkyPosition;

import java.util.Arrays;
import java.util.List;

/**
 * HEALPix NESTED arithmetic.
 * <p>
 * Formulas: Gorski et al. 2005, ApJ 622, 759, sections 4 and 5. Inside a base pixel ("face"),
 * {@code x} runs to the north-east and {@code y} to the north-west, both in {@code [0, 1]}.
 * Stateless and thread-safe.
 */
public final class Healpix {

    private static final double DEGREES = 180 / Math.PI;
    private static final double TWO_THIRDS = 2.0 / 3;

    // Vertical position of each face's south-north diagonal, and its longitude in units of 45 degrees.
    private static final int[] FACE_RING = {2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4};
    private static final int[] FACE_LONGITUDE = {1, 3, 5, 7, 0, 2, 4, 6, 1, 3, 5, 7};

    private Healpix() {}

    /**
     * NESTED pixel of {@code order} that holds the position.
     *
     * @param ra degrees, any turn
     * @param dec degrees, {@code -90..90}
     * @throws IllegalArgumentException for a non-finite coordinate or a declination out of range
     */
    public static long pixelOf(int order, double ra, double dec) {
        if (!(Math.abs(dec) <= 90) || !(Math.abs(ra) < 1e9)) {
            throw new IllegalArgumentException("no HEALPix pixel at ra " + ra + ", dec " + dec
                    + ": degrees, dec in [-90, 90]");
        }
        long side = 1L << order;
        double quarter = (ra >= 0 && ra < 360 ? ra : wrap(ra)) * (1.0 / 90); // 0..4
        double z = Math.sin(dec / DEGREES);
        double absZ = Math.abs(z);
        long face;
        long x;
        long y;
        if (absZ <= TWO_THIRDS) {
            // Equatorial belt: count the lines of both diagonal families.
            double along = side * (0.5 + quarter);
            double up = side * (z * 0.75);
            long descending = (long) (along - up);
            long ascending = (long) (along + up);
            long descendingFace = descending >> order;
            long ascendingFace = ascending >> order;
            if (descendingFace == ascendingFace) {
                face = descendingFace & 3 | 4;
            } else {
                face = descendingFace < ascendingFace ? descendingFace & 3 : (ascendingFace & 3) + 8;
            }
            x = ascending & side - 1;
            y = side - 1 - (descending & side - 1);
        } else {
            long column = Math.min(3, (long) quarter);
            double inColumn = quarter - column;
            // sqrt(3 (1 - |z|)) without cancellation near the poles
            double cos = Math.sin((90 - Math.abs(dec)) / DEGREES);
            double distance = side * cos / Math.sqrt((1 + absZ) / 3);
            long fromEast = Math.min(side - 1, (long) (inColumn * distance));
            long fromWest = Math.min(side - 1, (long) ((1 - inColumn) * distance));
            if (z >= 0) {
                face = column;
                x = side - 1 - fromWest;
                y = side - 1 - fromEast;
            } else {
                face = column + 8;
                x = fromEast;
                y = fromWest;
            }
        }
        return face << 2 * order | spread(x) | spread(y) << 1;
    }

    private static double wrap(double ra) {
        double wrapped = ra % 360;
        wrapped = wrapped < 0 ? wrapped + 360 : wrapped;
        return wrapped >= 360 ? 0 : wrapped;
    }

    /** Centre of the pixel. */
    public static SkyPosition centerOf(HealpixPixel pixel) {
        return positionIn(pixel, 0.5, 0.5);
    }

    /** The four corners, in the order south, east, north, west. */
    public static List<SkyPosition> cornersOf(HealpixPixel pixel) {
        return List.of(positionIn(pixel, 0, 0), positionIn(pixel, 1, 0), positionIn(pixel, 1, 1),
                positionIn(pixel, 0, 1));
    }

    /**
     * A point of a pixel by its place between the corners.
     *
     * @param u from the south-west edge (0) to the north-east one (1)
     * @param v from the south-east edge (0) to the north-west one (1)
     */
    public static SkyPosition positionIn(HealpixPixel pixel, double u, double v) {
        int order = pixel.order();
        int face = (int) (pixel.pixel() >> 2 * order);
        long inFace = pixel.pixel() & (1L << 2 * order) - 1;
        double side = 1L << order;
        return positionOf(face, (squeeze(inFace) + u) / side, (squeeze(inFace >> 1) + v) / side);
    }

    private static SkyPosition positionOf(int face, double x, double y) {
        double ring = FACE_RING[face] - x - y; // 0 at the north pole, 4 at the south pole
        double width; // of the ring, in units of the equatorial rings'
        double dec;
        if (ring < 1) {
            width = ring;
            dec = polarDec(width);
        } else if (ring > 3) {
            width = 4 - ring;
            dec = -polarDec(width);
        } else {
            width = 1;
            dec = Math.asin((2 - ring) * TWO_THIRDS) * DEGREES;
        }
        double longitude = FACE_LONGITUDE[face] * width + x - y;
        double ra = width < 1e-15 ? 0 : 45 * longitude / width;
        return new SkyPosition(wrap(ra), dec);
    }

    /** Declination where a polar ring has that width: {@code z = 1 - width^2 / 3}. */
    private static double polarDec(double width) {
        double z = 1 - width * width / 3;
        double cos = width * Math.sqrt((2 - width * width / 3) / 3);
        return Math.atan2(z, cos) * DEGREES;
    }

    /**
     * The pixels of the same order that share an edge or a corner with this one, ascending: 8, or 7
     * where only three faces meet (fewer at order 0, where two ways may lead to one pixel).
     */
    public static long[] neighboursOf(HealpixPixel pixel) {
        return externalEdge(pixel, pixel.order());
    }

    /**
     * The pixels of {@code order} that lie outside {@code pixel} and share an edge or a corner with it,
     * ascending: {@code 4 * 2^(order - pixel.order()) + 4}, fewer by one at each corner where only
     * three faces meet (and at order 0, where two ways may lead to one pixel).
     *
     * @param order at least {@code pixel.order()}
     */
    public static long[] externalEdge(HealpixPixel pixel, int order) {
        int depth = order - pixel.order();
        if (depth < 0) {
            throw new IllegalArgumentException("order " + order + " is coarser than pixel " + pixel);
        }
        int face = (int) (pixel.pixel() >> 2 * pixel.order());
        long inFace = pixel.pixel() & (1L << 2 * pixel.order()) - 1;
        long side = 1L << depth;
        long left = (squeeze(inFace) << depth) - 1; // the cells around the square
        long low = (squeeze(inFace >> 1) << depth) - 1;
        long right = left + side + 1;
        long high = low + side + 1;
        long[] found = new long[Math.toIntExact(4 * side + 4)];
        int count = 0;
        for (long i = 0; i <= side; i++) { // each corner is the start of one of the four edges
            count = addPixel(order, face, left + i, low, found, count);
            count = addPixel(order, face, right, low + i, found, count);
            count = addPixel(order, face, right - i, high, found, count);
            count = addPixel(order, face, left, high - i, found, count);
        }
        Arrays.sort(found, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || found[i] != found[i - 1]) {
                found[distinct++] = found[i];
            }
        }
        return Arrays.copyOf(found, distinct);
    }

    private static int addPixel(int order, int face, long x, long y, long[] into, int count) {
        long pixel = pixelAt(order, face, x, y);
        if (pixel < 0) {
            return count;
        }
        into[count] = pixel;
        return count + 1;
    }

    /**
     * The pixel at cell {@code (x, y)} of a face, where one or both may lie outside it by less than
     * a face's side; -1 beyond a corner at which only three faces meet.
     */
    static long pixelAt(int order, int face, long x, long y) {
        long side = 1L << order;
        int stepX = x < 0 ? -1 : x >= side ? 1 : 0;
        int stepY = y < 0 ? -1 : y >= side ? 1 : 0;
        if (stepX == 0 && stepY == 0) {
            return pixel(order, face, x, y);
        }
        long inX = x - stepX * side; // in the frame of an equally oriented neighbour
        long inY = y - stepY * side;
        int column = face & 3;
        int next = column + 1 & 3;
        int previous = column + 3 & 3;
        int opposite = column + 2 & 3;
        if (face < 4) { // north polar faces; x = 1 and y = 1 edges touch other polar faces
            if (stepX > 0 && stepY > 0) {
                return pixel(order, opposite, side - 1 - inX, side - 1 - inY);
            }
            if (stepX > 0 && stepY == 0) {
                return pixel(order, next, inY, side - 1 - inX);
            }
            if (stepY > 0 && stepX == 0) {
                return pixel(order, previous, side - 1 - inY, inX);
            }
            if (stepX < 0 && stepY < 0) {
                return pixel(order, 8 + column, inX, inY);
            }
            if (stepX < 0 && stepY == 0) {
                return pixel(order, 4 + column, inX, inY);
            }
            if (stepY < 0 && stepX == 0) {
                return pixel(order, 4 + next, inX, inY);
            }
            return -1; // the east and west corners belong to three faces
        }
        if (face < 8) { // equatorial faces
            if (stepX > 0 && stepY == 0) {
                return pixel(order, column, inX, inY);
            }
            if (stepY > 0 && stepX == 0) {
                return pixel(order, previous, inX, inY);
            }
            if (stepX < 0 && stepY == 0) {
                return pixel(order, 8 + previous, inX, inY);
            }
            if (stepY < 0 && stepX == 0) {
                return pixel(order, 8 + column, inX, inY);
            }
            if (stepX > 0 && stepY < 0) {
                return pixel(order, 4 + next, inX, inY);
            }
            if (stepX < 0 && stepY > 0) {
                return pixel(order, 4 + previous, inX, inY);
            }
            return -1; // the north and south corners belong to three faces
        }
        if (stepX < 0 && stepY < 0) { // south polar faces; x = 0 and y = 0 edges touch polar faces
            return pixel(order, 8 + opposite, side - 1 - inX, side - 1 - inY);
        }
        if (stepX < 0 && stepY == 0) {
            return pixel(order, 8 + previous, inY, side - 1 - inX);
        }
        if (stepY < 0 && stepX == 0) {
            return pixel(order, 8 + next, side - 1 - inY, inX);
        }
        if (stepX > 0 && stepY > 0) {
            return pixel(order, column, inX, inY);
        }
        if (stepX > 0 && stepY == 0) {
            return pixel(order, 4 + next, inX, inY);
        }
        if (stepY > 0 && stepX == 0) {
            return pixel(order, 4 + column, inX, inY);
        }
        return -1;
    }

    private static long pixel(int order, int face, long x, long y) {
        return (long) face << 2 * order | spread(x) | spread(y) << 1;
    }

    /** Largest distance, degrees, from the centre of any pixel of the order to its farthest corner: an upper bound. */
    public static double maxRadiusDegrees(int order) {
        // The longest half-diagonal is that of the pixels at the polar caps' edge: 48.19 degrees at order 0,
        // and times 2^order it grows towards sqrt((pi / 4 cos d)^2 + (2 / (3 cos d))^2), sin d = 2/3: 61.2474.
        return 61.25 / (1L << order);
    }

    /** Puts the bits of {@code v} at the even places of the result; {@code 0 <= v < 2^32}. */
    static long spread(long v) {
        v = (v | v << 16) & 0x0000ffff0000ffffL;
        v = (v | v << 8) & 0x00ff00ff00ff00ffL;
        v = (v | v << 4) & 0x0f0f0f0f0f0f0f0fL;
        v = (v | v << 2) & 0x3333333333333333L;
        return (v | v << 1) & 0x5555555555555555L;
    }

    /** The bits at the even places of {@code v}. */
    static long squeeze(long v) {
        v &= 0x5555555555555555L;
        v = (v | v >>> 1) & 0x3333333333333333L;
        v = (v | v >>> 2) & 0x0f0f0f0f0f0f0f0fL;
        v = (v | v >>> 4) & 0x00ff00ff00ff00ffL;
        v = (v | v >>> 8) & 0x0000ffff0000ffffL;
        return (v | v >>> 16) & 0x00000000ffffffffL;
    }
}
