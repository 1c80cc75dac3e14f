package org.xmatch.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Units of work could not be done, also when tried again; what other units gave is kept. */
public final class UnitFailedException extends XMatchException {

    private static final long serialVersionUID = 1L;
    private static final int MOST_NAMED = 20;

    private final transient Map<String, Throwable> failures;

    /**
     * @param failures what went wrong, by unit, at least one
     * @param units units of the whole job
     */
    public UnitFailedException(Map<String, Throwable> failures, int units) {
        super(failures.keySet().iterator().next(), message(failures, units), failures.values().iterator().next());
        this.failures = new LinkedHashMap<>(failures);
    }

    private static String message(Map<String, Throwable> failures, int units) {
        List<String> named = failures.entrySet().stream().limit(MOST_NAMED)
                .map(failure -> failure.getKey() + ": " + failure.getValue().getMessage()).toList();
        String more = failures.size() > MOST_NAMED ? "; and " + (failures.size() - MOST_NAMED) + " more" : "";
        return failures.size() + " of " + units + " units of work could not be done, also when tried again: "
                + named.stream().collect(Collectors.joining("; ")) + more;
    }

    /** What went wrong, by unit. */
    public Map<String, Throwable> failures() {
        return Collections.unmodifiableMap(failures);
    }
}
