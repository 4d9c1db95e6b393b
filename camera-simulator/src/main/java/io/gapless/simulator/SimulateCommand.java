package io.gapless.simulator;

import io.gapless.simulator.content.AudioFormat;
import io.gapless.simulator.content.EncodingException;
import io.gapless.simulator.content.KeyFrames;
import io.gapless.simulator.content.Scene;
import io.gapless.simulator.content.VideoCodec;
import io.gapless.simulator.content.VideoFormat;
import io.gapless.simulator.rtsp.Access;
import io.gapless.simulator.rtsp.AccessScheme;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: serves simulated cameras until the process is asked to end. */
@Command(
        name = "simulate",
        description = "Serve simulated cameras over RTSP until interrupted.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SimulateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            defaultValue = "4",
            description = "how many, ${DEFAULT-VALUE} if not said")
    private int cameras;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "address to bind, ${DEFAULT-VALUE} if not said")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8554",
            description = "port of RTSP, ${DEFAULT-VALUE} if not said, 0 for any")
    private int port;

    @Option(
            names = "--codec",
            defaultValue = "h264",
            description = "h264, jpeg, or h265, which needs the -gpl build of FFmpeg")
    private String codec;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            defaultValue = "1280x720",
            description = "picture size, ${DEFAULT-VALUE} if not said")
    private String size;

    @Option(
            names = "--fps",
            defaultValue = "25",
            description = "frames per second, ${DEFAULT-VALUE} if not said")
    private int fps;

    @Option(names = "--fps-label", description = "frames per second that the cameras pretend")
    private Optional<Integer> fpsLabel = Optional.empty();

    @Option(
            names = "--gop",
            paramLabel = "FRAMES",
            description =
                    "frames from key frame to key frame, 2 s if not said; MIN-MAX for irregular"
                            + " distances")
    private Optional<String> gop = Optional.empty();

    @Option(
            names = "--bitrate",
            paramLabel = "BITS",
            defaultValue = "3M",
            description = "bits per second, such as 800k or 16M, ${DEFAULT-VALUE} if not said")
    private String bitrate;

    @Option(
            names = "--b-frames",
            paramLabel = "N",
            defaultValue = "0",
            description = "B-frames in a row, which need the -gpl build of FFmpeg")
    private int bFrames;

    @Option(names = "--open-gop", description = "with B-frames: key frames with leading pictures")
    private boolean openGop;

    @Option(names = "--scene", defaultValue = "moving", description = "moving or black")
    private String scene;

    @Option(
            names = "--audio",
            defaultValue = "none",
            description = "none, aac, pcmu, pcma, g726-16, -24, -32, -40 or aal2-g726-32")
    private String audio;

    @Option(names = "--metadata", description = "send ONVIF metadata: five XML documents a second")
    private boolean metadata;

    @Option(
            names = "--transport",
            defaultValue = "any",
            description =
                    "any, tcp, udp or multicast; RTSP within HTTP is understood at the same port")
    private String transport;

    @Option(names = "--user", description = "user that the cameras ask for")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password", description = "password that the cameras ask for")
    private Optional<String> password = Optional.empty();

    @Option(
            names = "--auth",
            defaultValue = "digest",
            description = "basic, digest or digest-sha256")
    private String auth;

    @Option(
            names = "--sender-reports",
            defaultValue = "true",
            description = "true, none, late, wrong-year, stepping or hours-ahead")
    private String senderReports;

    @Option(
            names = "--parameter-sets",
            defaultValue = "both",
            description = "both, description or in-band")
    private String parameterSets;

    @Option(names = "--join-mid-gop", description = "the same as --session-start next-frame")
    private boolean joinMidGop;

    @Option(
            names = "--session-start",
            defaultValue = "key-frame",
            description = "key-frame, next-frame, replayed-gop or forced-key-frame")
    private String sessionStart;

    @Option(
            names = "--encoder-per-session",
            description = "give each session other bits of the same pictures")
    private boolean encoderPerSession;

    @Option(
            names = "--clock-offset",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "by how much the cameras' clocks are ahead, such as 5h or -30s")
    private String clockOffset;

    @Option(
            names = "--clock-step-per-session",
            paramLabel = "DURATION",
            defaultValue = "0s",
            description = "by how much a camera's clock is set each time a session begins")
    private String clockStepPerSession;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "threads that serve, ${DEFAULT-VALUE} if not said")
    private int threads;

    @Option(
            names = "--catalogue",
            paramLabel = "FILE",
            description = "write a catalogue of the cameras")
    private Optional<Path> catalogue = Optional.empty();

    @Option(
            names = "--replica-urls",
            description = "let the catalogue name the cameras' second addresses as replicaUrl")
    private boolean replicaUrls;

    @Option(
            names = "--fault",
            paramLabel = "CAM[:SIDE]:FAULT@AFTER[+DURATION]",
            description = "let a camera fail: " + ScheduledFault.FAULTS)
    private List<String> faults = new ArrayList<>();

    public static void main(String[] args) {
        System.exit(new CommandLine(new SimulateCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return serve();
        } catch (IllegalArgumentException | EncodingException | IOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("simulate: " + e.getMessage());
            err.flush();
            return CommandLine.ExitCode.USAGE;
        }
    }

    private int serve() throws IOException, InterruptedException {
        List<ScheduledFault> schedule = faults.stream().map(ScheduledFault::parse).toList();
        try (SimulatedCameras simulated = builder().start()) {
            for (ScheduledFault fault : schedule) {
                simulated.prepare(fault.camera(), fault.fault());
            }
            announce(simulated);
            try (FaultSchedule running = new FaultSchedule(simulated)) {
                running.start(schedule);
                awaitEnd();
            }
        }
        return 0;
    }

    private void announce(SimulatedCameras simulated) throws IOException {
        CameraList list = new CameraList(simulated, access(), replicaUrls);
        if (catalogue.isPresent()) {
            list.writeCatalogue(catalogue.get());
        }
        PrintWriter out = spec.commandLine().getOut();
        simulated.names().forEach(name -> out.println(simulated.uri(name)));
        out.flush();
    }

    private static void awaitEnd() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(asked::countDown));
        asked.await();
    }

    private SimulatedCameras.Builder builder() {
        if (cameras < 1) {
            throw new IllegalArgumentException("--cameras must be at least 1");
        }
        return SimulatedCameras.builder()
                .host(host)
                .port(port)
                .eventLoops(threads)
                .cameras(cameras, this::likeness);
    }

    private CameraSpec likeness(CameraSpec plain) {
        CameraSpec like =
                plain.withVideo(videoFormat())
                        .withAudio(choice("--audio", audio, AudioFormat.class))
                        .withMetadata(metadata)
                        .withTransport(choice("--transport", transport, TransportPolicy.class))
                        .withSenderReports(
                                choice("--sender-reports", senderReports, SenderReports.class))
                        .withParameterSets(
                                choice("--parameter-sets", parameterSets, ParameterSets.class))
                        .withLabelledFramesPerSecond(fpsLabel.orElse(fps))
                        .withSessionStart(
                                joinMidGop
                                        ? SessionStart.NEXT_FRAME
                                        : choice(
                                                "--session-start",
                                                sessionStart,
                                                SessionStart.class))
                        .withEncoderPerSession(encoderPerSession)
                        .withClockOffset(Quantities.signedDuration(clockOffset))
                        .withClockStepPerSession(Quantities.signedDuration(clockStepPerSession));
        return access().map(like::withAccess).orElse(like);
    }

    private VideoFormat videoFormat() {
        int[] wh = Quantities.size(size);
        return new VideoFormat(
                choice("--codec", codec, VideoCodec.class),
                wh[0],
                wh[1],
                fps,
                gop.map(Quantities::keyFrames).orElse(new KeyFrames.Every(2 * fps)),
                Quantities.bitsPerSecond(bitrate),
                bFrames,
                openGop,
                choice("--scene", scene, Scene.class),
                VideoFormat.DEFAULT.clipSeconds());
    }

    private Optional<Access> access() {
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("--user and --password need each other");
        }
        AccessScheme scheme = choice("--auth", auth, AccessScheme.class);
        return user.map(name -> new Access(scheme, name, password.orElseThrow()));
    }

    private static <E extends Enum<E>> E choice(String option, String value, Class<E> type) {
        try {
            return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s cannot be '%s'".formatted(option, value), e);
        }
    }
}
