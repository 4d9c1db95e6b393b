package io.gapless.archive;

import io.gapless.archive.ArchiveWriterOptions.Output;
import io.gapless.archive.blocks.BlockClient;
import io.gapless.archive.blocks.BlockFile;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the files of recordings, each by what suits its file system. Any thread. */
final class RecordingOutputs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingOutputs.class);

    private final FileSystem fileSystem;

    /** Null before the first file. */
    private final AtomicReference<Optional<BlockClient>> blocks = new AtomicReference<>();

    RecordingOutputs(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** Creates the file and the directories above it; fails if it exists. */
    RecordingOutput create(Path path, ArchiveWriterOptions options) throws IOException {
        if (fileSystem instanceof RawLocalFileSystem local) {
            return LocalOutput.create(local.pathToFile(path).toPath());
        }
        short replication = fileSystem.getDefaultReplication(path);
        long blockBytes =
                options.blockSizeBytes() == 0
                        ? fileSystem.getDefaultBlockSize(path)
                        : options.blockSizeBytes();
        Optional<BlockFile> file =
                options.output() == Output.BLOCKS && blocks().isPresent()
                        ? blocks().get().create(path, replication, blockBytes)
                        : Optional.empty();
        return file.isPresent()
                ? new BlocksOutput(file.get())
                : HadoopOutput.create(fileSystem, path, replication, blockBytes);
    }

    /** No lock: a NameNode that does not answer must not hold up who could be interrupted. */
    private Optional<BlockClient> blocks() throws IOException {
        if (blocks.get() == null) {
            Optional<BlockClient> made = BlockClient.on(fileSystem, System::nanoTime);
            if (!blocks.compareAndSet(null, made)) {
                made.ifPresent(BlockClient::close);
            } else if (made.isEmpty()) {
                LOG.info("{} is written by Hadoop's own client", fileSystem.getUri());
            }
        }
        return blocks.get();
    }

    @Override
    public void close() {
        Optional<BlockClient> made = blocks.get();
        if (made != null) {
            made.ifPresent(BlockClient::close);
        }
    }
}
