package org.xmatch.core.match;

/** How a matcher searches. All find exactly the same pairs with exactly the same separations. */
public enum Algorithm {
    /** Small grids in cache, one a tile of the sky; another of these where that suits better. */
    TILE("tile"),
    /** Declination bands cut into cells. */
    GRID("grid"),
    /** 3-D k-d tree over unit vectors. */
    KDTREE("kdtree"),
    /** The literal reference: 2-D k-d tree on (ra, dec), haversine formula at each candidate. */
    HAVERSINE_KDTREE("haversine-kdtree");

    private final String id;

    Algorithm(String id) {
        this.id = id;
    }

    /** The name users type. */
    public String id() {
        return id;
    }

    /**
     * The algorithm named {@code id}.
     *
     * @throws IllegalArgumentException naming the choices
     */
    public static Algorithm ofId(String id) {
        for (Algorithm algorithm : values()) {
            if (algorithm.id.equals(id)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException(
                "no algorithm '" + id + "': choose tile, grid, kdtree or haversine-kdtree");
    }
}
