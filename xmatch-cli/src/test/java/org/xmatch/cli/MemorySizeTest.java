package org.xmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class MemorySizeTest {

    @ParameterizedTest
    @CsvSource({"2G, 2147483648", "512m, 536870912", "262144K, 268435456", "1t, 1099511627776", "4GiB, 4294967296", "300MB, 314572800"})
    void readsNumberAndUnit(String text, long bytes) {
        assertThat(MemorySize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "G", "-1G", "1.5G", "12345678901G", "", "255M"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> MemorySize.parse(text))
                .isInstanceOf(TypeConversionException.class).hasMessageContaining("as 2G or 512M");
    }
}
