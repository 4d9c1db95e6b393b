package io.gapless.rtsp;

import io.gapless.media.CameraEvent;
import io.gapless.media.Fragment;
import io.gapless.media.Interruption;
import io.gapless.media.MediaBuffer;
import io.gapless.media.MediaTime;
import io.gapless.media.SampleTable;
import io.gapless.media.VideoConfiguration;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Writes down what was recorded, as a {@link CameraScript} expects it. */
final class FrameLog implements CameraListener {
    private static final int LONG_BYTES = 64;

    private final MediaTime start;
    private final List<String> lines = new ArrayList<>();
    private String video = "";

    FrameLog(Instant start) {
        this.start = MediaTime.of(start);
    }

    /** Those that begin with one of the words; frames begin with their time. */
    synchronized List<String> lines(String pattern) {
        return lines.stream().filter(l -> l.matches("(?:" + pattern + ").*")).toList();
    }

    @Override
    public synchronized void onEvent(CameraEvent event) {
        if (event instanceof Interruption interruption) {
            lines.add("interruption " + interruption.cause());
            lines.add("because " + interruption.detail());
        } else if (event instanceof Fragment fragment) {
            write(fragment);
            fragment.release();
        }
    }

    private void write(Fragment fragment) {
        VideoConfiguration configuration = fragment.configuration().video();
        String now =
                "video %s %dx%d"
                        .formatted(
                                configuration.codec(),
                                configuration.width(),
                                configuration.height());
        if (!now.equals(video)) {
            lines.add(now);
            video = now;
        }
        fragment.header().gapBefore().ifPresent(cause -> lines.add("gap " + cause));
        lines.add("fragment " + fragment.header().videoFrames());
        writeVideo(fragment);
        fragment.audio().ifPresent(audio -> writeSound(fragment, audio));
    }

    private void writeVideo(Fragment fragment) {
        ByteBuffer bytes = bytes(fragment.videoData());
        SampleTable samples = fragment.video();
        long decoding = decodingStart(fragment);
        for (int i = 0; i < samples.size(); i++) {
            long at = decoding + samples.compositionOffsets()[i];
            StringBuilder line = new StringBuilder(time(at / 90_000.0));
            int end = bytes.position() + samples.sizesBytes()[i];
            if (!fragment.configuration().video().codec().hasNalUnits()) {
                line.append(' ').append(hex(bytes, samples.sizesBytes()[i]));
            }
            while (bytes.position() < end) {
                line.append(' ').append(hex(bytes, bytes.getInt()));
            }
            lines.add(line.toString());
            decoding += samples.durations()[i];
        }
        lines.removeIf(l -> l.startsWith("ends"));
        lines.add("ends " + Math.round(decoding / 90_000.0));
    }

    /** The header says when the first frame is presented. */
    private long decodingStart(Fragment fragment) {
        long decoding = 0;
        long first = Long.MAX_VALUE;
        for (int i = 0; i < fragment.video().size(); i++) {
            first = Math.min(first, decoding + fragment.video().compositionOffsets()[i]);
            decoding += fragment.video().durations()[i];
        }
        return fragment.header().start().ticks90k() - start.ticks90k() - first;
    }

    private void writeSound(Fragment fragment, Fragment.SideTrack audio) {
        int rate = fragment.configuration().audio().orElseThrow().sampleRateHz();
        double at = (audio.start().ticks90k() - start.ticks90k()) / 90_000.0;
        ByteBuffer bytes = bytes(audio.data());
        for (int i = 0; i < audio.samples().size(); i++) {
            lines.add("sound " + time(at) + " " + hex(bytes, audio.samples().sizesBytes()[i]));
            at += audio.samples().durations()[i] / (double) rate;
        }
    }

    private static ByteBuffer bytes(MediaBuffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate((int) buffer.sizeBytes());
        buffer.views().forEach(bytes::put);
        return bytes.flip();
    }

    private static String hex(ByteBuffer bytes, int count) {
        byte[] piece = new byte[count];
        bytes.get(piece);
        String digits = HexFormat.of().formatHex(piece);
        return count <= LONG_BYTES ? digits : digits.substring(0, 8) + "...(" + count + ")";
    }

    private static String time(double seconds) {
        double rounded = Math.round(seconds * 100) / 100.0;
        return String.format(Locale.ROOT, "%.2f", rounded == 0 ? 0.0 : rounded);
    }
}
