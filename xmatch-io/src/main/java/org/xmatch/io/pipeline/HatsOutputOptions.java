package org.xmatch.io.pipeline;

/**
 * How a result is written as a HATS catalog.
 *
 * @param overwrite replace a HATS catalog that is there, and a job that was not finished
 * @param resume go on with the job that was not finished, from the units it has finished; without one, begin
 * @param keepGoing when a unit fails, do the others before the job fails
 */
public record HatsOutputOptions(boolean overwrite, boolean resume, boolean keepGoing) {

    /** None of them. */
    public static final HatsOutputOptions DEFAULT = new HatsOutputOptions(false, false, false);

    public HatsOutputOptions withOverwrite(boolean value) {
        return new HatsOutputOptions(value, resume, keepGoing);
    }

    public HatsOutputOptions withResume(boolean value) {
        return new HatsOutputOptions(overwrite, value, keepGoing);
    }

    public HatsOutputOptions withKeepGoing(boolean value) {
        return new HatsOutputOptions(overwrite, resume, value);
    }
}
