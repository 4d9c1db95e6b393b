package io.gapless.job.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gapless.job.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberTest {
    private final DataDirectory data = new DataDirectory(Path.of("/data"));

    @Test
    void isReadFromItsName() {
        for (Member member :
                List.of(
                        Member.SIMULATOR,
                        Member.HDFS,
                        Member.PRIMARY,
                        Member.replica(1),
                        Member.replica(2))) {
            assertThat(Member.parse(member.name())).isEqualTo(member);
        }
    }

    @Test
    void hasItsOwnDirectoriesAndFiles() {
        Member first = Member.replica(1);
        Member second = Member.replica(2);
        assertThat(data.state(first)).isEqualTo(Path.of("/data/replica"));
        assertThat(data.state(second)).isEqualTo(Path.of("/data/replica2"));
        assertThat(data.ring(first)).isEqualTo(Path.of("/data/ring"));
        assertThat(data.ring(second)).isEqualTo(Path.of("/data/ring2"));
        assertThat(data.pidFile(second)).isEqualTo(Path.of("/data/run/replica2.pid"));
        assertThat(data.configuration(Member.PRIMARY))
                .isEqualTo(Path.of("/data/run/recorder.yaml"));
        assertThat(data.configuration(second)).isEqualTo(Path.of("/data/run/replica2.yaml"));
    }

    @Test
    void runsTheJobOfItsKind() {
        assertThat(Member.PRIMARY.job()).contains(Role.PRIMARY);
        assertThat(Member.replica(2).job()).contains(Role.REPLICA);
        assertThat(Member.HDFS.job()).isEmpty();
    }

    @Test
    void onlyReplicasAreSeveral() {
        assertThatThrownBy(() -> Member.parse("primary2"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
