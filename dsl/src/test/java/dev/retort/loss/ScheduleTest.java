package dev.retort.loss;

import static dev.retort.Retort.constant;
import static dev.retort.Retort.cosine;
import static dev.retort.Retort.ramp;
import static dev.retort.Retort.stepwise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void aSchedulePassesFromOneFactorToAnother() {
        assertThat(constant(0.3).at(0.5)).isEqualTo(0.3);
        assertThat(ramp(1, 0.2).at(0.25)).isCloseTo(0.8, within(1e-12));
        assertThat(cosine(1, 0).at(0)).isEqualTo(1);
        assertThat(cosine(1, 0).at(0.25)).isCloseTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
        assertThat(cosine(1, 0).at(1)).isEqualTo(0);
        assertThat(cosine(0, 2).at(0.5)).isCloseTo(1, within(1e-12));
    }

    @Test
    void aStepwiseFactorDropsAtEachShare() {
        Schedule thirds = stepwise(0.1, 0.5, 0.75);
        assertThat(thirds.at(0.49)).isEqualTo(1);
        assertThat(thirds.at(0.5)).isCloseTo(0.1, within(1e-12));
        assertThat(thirds.at(0.9)).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void aWarmUpLeavesTheRestOfTheRunToTheSchedule() {
        Schedule warmed = cosine(1, 0).warmUp(0.2);
        assertThat(warmed.at(0)).isEqualTo(0);
        assertThat(warmed.at(0.1)).isCloseTo(0.5, within(1e-12));
        assertThat(warmed.at(0.2)).isCloseTo(1, within(1e-12));
        assertThat(warmed.at(0.6)).isCloseTo(0.5, within(1e-12));
        assertThat(warmed.at(1)).isCloseTo(0, within(1e-12));
    }

    @Test
    void aScheduleIsShownAsItIsWritten() {
        assertThat(stepwise(0.1, 0.5).warmUp(0.05)).hasToString("stepwise(0.1, 0.5).warmUp(0.05)");
        assertThat(cosine(1, 0)).isEqualTo(cosine(1, 0)).isNotEqualTo(cosine(1, 0.1)).hasToString("cosine(1, 0)");
    }

    @Test
    void factorsAndSharesOutOfRangeAreRefused() {
        assertThatThrownBy(() -> cosine(1, -1)).hasMessage("cosine(1, -1): factors are 0 or more, and finite");
        assertThatThrownBy(() -> constant(Double.NaN)).hasMessageContaining("constant(NaN)");
        assertThatThrownBy(() -> stepwise(0.1, 1.5)).hasMessageContaining("stepwise(0.1, 1.5)").hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> cosine(1, 0).warmUp(1)).hasMessageContaining("warmUp(1.0)");
    }
}
