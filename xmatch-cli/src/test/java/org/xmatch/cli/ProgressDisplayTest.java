package org.xmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xmatch.io.pipeline.JobProgress;
import org.xmatch.io.pipeline.MatchCounts;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** What a user sees of a job while it runs. */
class ProgressDisplayTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    private final JobProgress progress = new JobProgress();

    private void half() {
        progress.start(10, 8_000_000, () -> 5_000_000L);
        progress.workers(2);
        for (int unit = 0; unit < 5; unit++) {
            progress.unitDone(new MatchCounts(800_000, 700_000, 0, 900_000, 0, 700_000));
        }
    }

    @Test
    void aShortJobShowsNothing() {
        ProgressDisplay display = ProgressDisplay.start(progress, OptionalInt.of(100), out);
        half();
        display.close();
        ProgressDisplay lines = ProgressDisplay.start(progress, OptionalInt.empty(), out);
        lines.close();

        assertThat(shown.size()).isZero();
    }

    @Test
    void aBarFillsTheTerminalAndIsWipedOff() throws InterruptedException {
        half();
        ProgressDisplay display = ProgressDisplay.start(progress, OptionalInt.of(100), out);
        TimeUnit.MILLISECONDS.sleep(1400);
        display.close();

        String text = shown.toString(StandardCharsets.UTF_8);
        assertThat(text).contains(" 50%", "4/8 M rows", "rows/s", "MB/s", "2 workers").endsWith("\r\u001b[K");
        // escape sequences take no room
        assertThat(text.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", "").split("\r")).allMatch(line -> line.length() < 100);
    }

    @Test
    void aLineSaysWhatIsDoneAndLeft() {
        half();

        assertThat(ProgressDisplay.line(progress.snapshot())).startsWith("50 % of 10 units, 4,000,000 left rows, 3,500,000 pairs, ")
                .contains("rows/s, ", "MB/s, 2 workers", " left").hasLineCount(1);
        progress.finish();
        assertThat(ProgressDisplay.line(progress.snapshot())).endsWith("completing the result");
        assertThat(ProgressDisplay.line(new JobProgress().snapshot())).isEqualTo("opening and planning");
    }
}
