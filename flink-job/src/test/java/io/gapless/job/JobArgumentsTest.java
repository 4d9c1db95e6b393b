package io.gapless.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.source.Shard;
import org.junit.jupiter.api.Test;

final class JobArgumentsTest {
    @Test
    void recordsAllCamerasUnlessAShardIsNamed() {
        JobArguments whole = parse("--config", "r.yaml", "--role", "primary");
        assertThat(whole.configuration()).isAbsolute().endsWithRaw(java.nio.file.Path.of("r.yaml"));
        assertThat(whole.role()).isEqualTo(Role.PRIMARY);
        assertThat(whole.shard()).isEqualTo(Shard.WHOLE);
        assertThat(parse("--config", "r.yaml", "--role", "primary", "--shard", "2/3").shard())
                .isEqualTo(new Shard(2, 3));
    }

    @Test
    void complainsInOneSentence() {
        assertThatThrownBy(() -> parse("--role", "primary"))
                .hasMessage(
                        "--config is missing; usage: --config FILE --role primary|replica|all [--shard i/n]");
        assertThatThrownBy(() -> parse("--config", "r.yaml", "--role", "both"))
                .hasMessage("'both' is not a role; use primary, replica or all");
        assertThatThrownBy(() -> parse("--config", "r", "--role", "primary", "--speed", "1"))
                .hasMessageStartingWith("the option --speed is not known; usage:");
        assertThatThrownBy(() -> parse("--config", "r", "--role", "primary", "--shard", "3/2"))
                .hasMessageContaining("shard 3/2 does not exist");
    }

    private static JobArguments parse(String... arguments) {
        return JobArguments.parse(arguments);
    }
}
