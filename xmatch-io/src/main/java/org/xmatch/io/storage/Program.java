package org.xmatch.io.storage;

import java.util.Optional;

/** This program, as servers and readers of its results see it. */
public final class Program {

    public static final String NAME = "xmatch";
    public static final String VERSION =
            Optional.ofNullable(Program.class.getPackage().getImplementationVersion()).orElse("dev");
    static final String USER_AGENT = NAME + "/" + VERSION;

    private Program() {}
}
