package io.gapless.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The walls of the house. Dependencies point towards {@code media}; each connector is a core
 * without Flink inside a thin Flink shell. Think hard before you move one.
 */
@AnalyzeClasses(
        packages = "io.gapless",
        importOptions = {ImportOption.DoNotIncludeTests.class, WallsTest.NoTestJars.class})
class WallsTest {
    /** Fixtures that modules share; a jar once they are packaged, which ArchUnit does not know. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule mediaIsPure =
            noClasses()
                    .that()
                    .resideInAPackage("io.gapless.media..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache..",
                            "io.netty..",
                            "org.bytedeco..",
                            "io.gapless.rtsp..",
                            "io.gapless.rtp..",
                            "io.gapless.source..",
                            "io.gapless.archive..",
                            "io.gapless.ring..",
                            "io.gapless.job..");

    @ArchTest
    static final ArchRule rtspKnowsNeitherFlinkNorTheArchive =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.gapless.rtsp..", "io.gapless.rtp..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.flink..",
                            "org.apache.hadoop..",
                            "io.gapless.archive..",
                            "io.gapless.source..");

    @ArchTest
    static final ArchRule byteBufsStayInRtsp =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.gapless.rtsp..",
                            "io.gapless.rtp..",
                            "io.gapless.simulator..",
                            "io.gapless.ring.server..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty.buffer..");

    @ArchTest
    static final ArchRule hadoopStaysInTheArchive =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.gapless.archive..", "io.gapless.job.embedded..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.hadoop..");

    @ArchTest
    static final ArchRule theArchiveCoreKnowsNoFlink =
            noClasses()
                    .that()
                    .resideInAPackage("io.gapless.archive..")
                    .and()
                    .resideOutsideOfPackage("io.gapless.archive.sink..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule sourceAndArchiveNeverMeet =
            noClasses()
                    .that()
                    .resideInAPackage("io.gapless.archive..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.gapless.rtsp..", "io.gapless.rtp..", "io.gapless.source..");

    @ArchTest
    static final ArchRule sourceKnowsNoArchive =
            noClasses()
                    .that()
                    .resideInAPackage("io.gapless.source..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.gapless.archive..");

    @ArchTest
    static final ArchRule theRingKnowsNeitherSourceNorArchive =
            noClasses()
                    .that()
                    .resideInAPackage("io.gapless.ring..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.gapless.rtsp..",
                            "io.gapless.rtp..",
                            "io.gapless.source..",
                            "io.gapless.archive..",
                            "io.gapless.job..");

    @ArchTest
    static final ArchRule theRingsCoreKnowsNoFlink =
            noClasses()
                    .that()
                    .resideInAPackage("io.gapless.ring..")
                    .and()
                    .resideOutsideOfPackage("io.gapless.ring.sink..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.flink..");

    @ArchTest
    static final ArchRule sourceAndArchiveKnowNoRing =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "io.gapless.rtsp..",
                            "io.gapless.rtp..",
                            "io.gapless.source..",
                            "io.gapless.archive..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.gapless.ring..");

    @ArchTest
    static final ArchRule theSimulatorIsASecondImplementation =
            classes()
                    .that()
                    .resideInAPackage("io.gapless.simulator..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideOutsideOfPackages(
                            "io.gapless.media..",
                            "io.gapless.rtsp..",
                            "io.gapless.rtp..",
                            "io.gapless.source..",
                            "io.gapless.archive..",
                            "io.gapless.job..");

    @ArchTest
    static final ArchRule ffmpegIsNoPartOfTheRecorder =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.gapless.simulator..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.bytedeco..");

    @ArchTest
    static final ArchRule noMutableStatics = fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("io.gapless.(*)..").should().beFreeOfCycles();
}
