package io.gapless.job.embedded;

import java.util.List;
import java.util.stream.Stream;

/** The parts of the JDK that Flink and Hadoop reflect into; Flink's own scripts open the same. */
final class JdkOpens {
    static final List<String> OPTIONS =
            Stream.concat(
                            Stream.of(
                                            "lang",
                                            "net",
                                            "io",
                                            "nio",
                                            "lang.reflect",
                                            "text",
                                            "time",
                                            "util",
                                            "util.concurrent",
                                            "util.concurrent.atomic",
                                            "util.concurrent.locks")
                                    .map(
                                            name ->
                                                    "--add-opens=java.base/java."
                                                            + name
                                                            + "=ALL-UNNAMED"),
                            Stream.of(
                                    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                                    "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
                                    "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
                                    "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED"))
                    .toList();

    private JdkOpens() {}
}
