package org.xmatch.core.match;

/** Which of two right rows comes first when their separations from a left row are equal. */
public enum TieRule {
    /** The smaller right row. */
    ROW,
    /** The smaller order-29 NESTED HEALPix pixel of the right position, then the smaller right row. */
    PIXEL_THEN_ROW
}
