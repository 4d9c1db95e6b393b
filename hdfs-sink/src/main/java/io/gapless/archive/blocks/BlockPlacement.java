package io.gapless.archive.blocks;

import java.io.IOException;
import org.apache.hadoop.hdfs.protocol.DatanodeInfo;
import org.apache.hadoop.hdfs.protocol.LocatedBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins blocks on DataNodes that take them. While a block is empty, others can be tried without
 * loss. Any thread.
 */
record BlockPlacement(TransferSettings settings, ExcludedNodes excluded, PipelineWatch watch) {
    private static final Logger LOG = LoggerFactory.getLogger(BlockPlacement.class);

    private static final int ATTEMPTS = 4;

    Pipeline begin(FileUnderConstruction file, long blockBytes) throws IOException {
        for (int attempt = 1; ; attempt++) {
            LocatedBlock block = allocate(file);
            Pipeline pipeline = new Pipeline(settings, block);
            watch.add(pipeline);
            try {
                pipeline.begin(blockBytes);
                return pipeline;
            } catch (PipelineException e) {
                end(pipeline);
                failed(e);
                giveBack(file, block, e);
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private LocatedBlock allocate(FileUnderConstruction file) throws IOException {
        DatanodeInfo[] avoided = excluded.now();
        try {
            LocatedBlock block = file.addBlock(avoided);
            if (block.getLocations().length < file.replication()) {
                excluded.tooMany();
            }
            return block;
        } catch (IOException e) {
            if (avoided.length == 0) {
                throw e;
            }
            LOG.debug("{} gets a block on DataNodes that failed of late", file.path(), e);
            return file.addBlock(new DatanodeInfo[0]);
        }
    }

    private static void giveBack(
            FileUnderConstruction file, LocatedBlock block, PipelineException failure)
            throws PipelineException {
        try {
            file.abandon(block);
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** What failed is avoided for a while. */
    void failed(PipelineException failure) {
        excluded.add(failure.suspects());
    }

    void end(Pipeline pipeline) throws IOException {
        watch.remove(pipeline);
        pipeline.close();
    }
}
