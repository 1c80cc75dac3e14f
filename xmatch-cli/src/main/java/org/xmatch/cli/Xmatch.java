package org.xmatch.cli;

/** The {@code xmatch} command. */
public final class Xmatch {

    private Xmatch() {}

    public static void main(String[] args) {}
}
