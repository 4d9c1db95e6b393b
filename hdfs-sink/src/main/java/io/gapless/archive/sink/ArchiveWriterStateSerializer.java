package io.gapless.archive.sink;

import io.gapless.archive.OpenRecording;
import io.gapless.media.CameraId;
import io.gapless.media.layout.RecordingName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: count, then for each recording camera, start in milliseconds since 1970, epoch. */
final class ArchiveWriterStateSerializer implements SimpleVersionedSerializer<ArchiveWriterState> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(ArchiveWriterState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(state.openRecordings().size());
        for (OpenRecording recording : state.openRecordings()) {
            out.writeUTF(recording.camera().value());
            out.writeLong(recording.name().start().toEpochMilli());
            out.writeUTF(recording.name().epoch());
        }
        return bytes.toByteArray();
    }

    @Override
    public ArchiveWriterState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "archive writer state of version %d; this program knows %d"
                            .formatted(version, VERSION));
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        int count = in.readInt();
        List<OpenRecording> recordings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CameraId camera = new CameraId(in.readUTF());
            Instant start = Instant.ofEpochMilli(in.readLong());
            recordings.add(new OpenRecording(camera, new RecordingName(start, in.readUTF())));
        }
        return new ArchiveWriterState(recordings);
    }
}
