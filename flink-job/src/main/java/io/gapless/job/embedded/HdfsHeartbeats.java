package io.gapless.job.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * How many heartbeats of DataNodes a NameNode has handled, read from its web server: grows while
 * the DataNode sends and the NameNode handles calls.
 *
 * @param rpcPort of the NameNode
 */
record HdfsHeartbeats(int rpcPort) implements HttpProgress.Reading {
    @Override
    public OptionalLong read(JsonOverHttp nameNode) throws IOException, InterruptedException {
        JsonNode beans =
                nameNode.at(
                                "/jmx?qry=Hadoop:service=NameNode,name=RpcDetailedActivityForPort%d*"
                                        .formatted(rpcPort))
                        .path("beans");
        JsonNode figure = beans.path(0).path("SendHeartbeatNumOps");
        return figure.isNumber() ? OptionalLong.of(figure.asLong()) : OptionalLong.empty();
    }
}
