package org.xmatch.jmh.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.xmatch.core.match.MatchResult;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Before any time counts: the contenders of every benchmark give the same answers. */
class GateTest {

    @TestFactory
    Stream<DynamicTest> theContendersOfEveryBenchmarkGiveTheSameAnswers() {
        Set<String> classes = Gate.benchmarkClasses(List.of(".*"));
        assertThat(classes).hasSizeGreaterThanOrEqualTo(9);
        return classes.stream().map(name -> DynamicTest.dynamicTest(name, () -> Gate.prove(Set.of(name))));
    }

    @Test
    void findsTheBenchmarksThatJmhWouldRun() {
        assertThat(Gate.benchmarkClasses(List.of("jmh.MatchBenchmark"))).containsExactly("org.xmatch.jmh.MatchBenchmark");
    }

    @Test
    void refusesABenchmarkWithoutAProof() {
        assertThatThrownBy(() -> Gate.prove(Set.of("java.lang.String")))
                .isInstanceOf(AssertionError.class).hasMessageContaining("proveEqualAnswers");
    }

    @Test
    void namesTheFirstPairThatDiffers() {
        MatchResult one = pairs(0, 3, 0.5, 1, 4, 0.25);
        MatchResult other = pairs(0, 3, 0.5, 1, 5, 0.25);
        MatchResult shorter = pairs(0, 3, 0.5);

        assertThatThrownBy(() -> EqualAnswers.require("k", one, other))
                .isInstanceOf(AssertionError.class).hasMessageContaining("pair 1").hasMessageContaining("right 5");
        assertThatThrownBy(() -> EqualAnswers.require("k", one, shorter))
                .isInstanceOf(AssertionError.class).hasMessageContaining("missing");
        EqualAnswers.require("k", one, pairs(0, 3, 0.5, 1, 4, 0.25));
    }

    private static MatchResult pairs(double... numbers) {
        MatchResult result = new MatchResult();
        for (int i = 0; i < numbers.length; i += 3) {
            result.add((int) numbers[i], (int) numbers[i + 1], numbers[i + 2]);
        }
        return result;
    }
}
