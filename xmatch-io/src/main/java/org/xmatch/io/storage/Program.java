package org.xmatch.io.storage;

import java.util.Optional;

/** This program, as servers see it. */
final class Program {

    static final String NAME = "xmatch";
    static final String VERSION =
            Optional.ofNullable(Program.class.getPackage().getImplementationVersion()).orElse("dev");
    static final String USER_AGENT = NAME + "/" + VERSION;

    private Program() {}
}
