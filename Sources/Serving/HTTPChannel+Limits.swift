// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP2
import NIOSSL

extension NIOHTTP2Handler.Configuration {
    /// Limits under which Kubernetes clients live: a controller keeps hundreds of watches on one connection, ends them
    /// when it likes, and Go's client pings with each burst of data.
    ///
    /// The library's own limits (100 streams; 200 resets, pings or errors in 30 s) end such a connection, and every
    /// watch on it with it.
    static func raised(maxHeaderSize: Int) -> Self {
        var configuration = Self()
        configuration.connection.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: 1000),
            HTTP2Setting(parameter: .maxHeaderListSize, value: maxHeaderSize),
        ]
        configuration.connection.maximumRecentlyResetStreams = 1000
        configuration.connection.maximumConnectionGlitches = 100_000
        configuration.connection.controlFrameRateLimit.maximumCount = 30_000
        configuration.connection.targetWindowSize = 1 << 20
        configuration.stream.targetWindowSize = 256 * 1024
        configuration.stream.outboundBufferSizeHighWatermark = 64 * 1024
        configuration.stream.outboundBufferSizeLowWatermark = 16 * 1024
        configuration.stream.streamResetFrameRateLimit.maximumCount = 30_000
        configuration.stream.streamErrorRateLimit.maximumCount = 30_000
        return configuration
    }
}

extension ListenerSettings.TLS {
    /// Throws when a certificate or the key cannot be read, or when they do not belong together.
    func context() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificates.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(privateKey.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.applicationProtocols = ["h2", "http/1.1"]
        configuration.minimumTLSVersion = .tlsv12
        // So long a client may leave our goodbye unanswered before the socket closes anyway.
        configuration.shutdownTimeout = .seconds(1)
        if let clientRoots {
            let roots = try NIOSSLCertificate.fromPEMBytes(Array(clientRoots.utf8))
            configuration.trustRoots = .certificates(roots)
            configuration.sendCANameList = true
            configuration.certificateVerification = .optionalVerification
        }
        return try NIOSSLContext(configuration: configuration)
    }
}
