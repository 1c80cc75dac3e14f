package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xmatch.io.table.Field;

import java.util.List;

class UnitLimitsTest {

    private static final List<Field> NUMBERS = List.of(Field.ofLong("id"), Field.ofDouble("ra"));
    private static final List<Field> TEXTS = List.of(Field.ofLong("id"), Field.ofString("note"));

    @Test
    void columnsOfKnownWidthAreFetchedTogether() {
        UnitLimits limits = UnitLimits.of(64 << 20, 2, NUMBERS);

        assertThat(limits.firstWidth(Integer.MAX_VALUE, NUMBERS).pairs()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void columnsOfUnknownWidthAreTriedWhereTheyMightBeTooMany() {
        UnitLimits little = UnitLimits.of(64 << 20, 2, TEXTS);
        UnitLimits much = UnitLimits.of(8L << 30, 2, TEXTS);

        assertThat(little.firstWidth(300_000, TEXTS).pairs()).isLessThan(10_000);
        assertThat(much.firstWidth(300_000, TEXTS).pairs()).isGreaterThanOrEqualTo(300_000);
    }

    @Test
    void ofWideColumnsAsManyPairsAreFetchedAsTakeTheSameMemory() {
        UnitLimits limits = UnitLimits.of(64 << 20, 2, TEXTS);
        long bytes = limits.pairs() * UnitLimits.rowBytes(TEXTS);

        assertThat(limits.widthOf(UnitLimits.rowBytes(TEXTS)).pairs()).isEqualTo(Integer.MAX_VALUE);
        UnitLimits.Width wide = limits.widthOf(3000);
        assertThat(wide.pairs() * 3000L).isBetween(bytes / 2, bytes);
        assertThat(wide.gap()).as("rows read in vain").isLessThan(16).isPositive();
        assertThat(limits.widthOf(1L << 40).pairs()).isPositive();
    }

    @Test
    void aCatalogHasNoMoreWorkersThanMayEachWriteALeaf() {
        Resources resources = Resources.ofMachine().withThreads(8, false);

        assertThat(resources.withMemory(80 << 20).withWriters().threads()).isEqualTo(1);
        assertThat(resources.withMemory(176 << 20).withWriters().threads()).isEqualTo(3);
        assertThat(resources.withMemory(8L << 30).withWriters().threads()).isEqualTo(8);
    }
}
