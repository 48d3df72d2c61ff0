// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
//
// The house, floor by floor. What a target may import stands in docs/architecture.md; a test compares the two.
// A floor is a section; in it, a line a target, and its tests below it.

import PackageDescription

// MARK: - Foreign packages, one exact version each

let dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(
        url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: ["YAML", "CommandLineArguments"]),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
]

let argumentParser = product("ArgumentParser", "swift-argument-parser")
let asn1 = product("SwiftASN1", "swift-asn1")
let asyncHTTPClient = product("AsyncHTTPClient", "async-http-client")
let certificates = product("X509", "swift-certificates")
let configuration = product("Configuration", "swift-configuration")
let crypto = product("Crypto", "swift-crypto")
let cryptoExtras = product("CryptoExtras", "swift-crypto")
let deque = product("DequeModule", "swift-collections")
let http1Types = product("NIOHTTPTypesHTTP1", "swift-nio-extras")
let http2 = product("NIOHTTP2", "swift-nio-http2")
let http2Types = product("NIOHTTPTypesHTTP2", "swift-nio-extras")
let httpServer = product("HummingbirdCore", "hummingbird")
let httpTypes = product("HTTPTypes", "swift-http-types")
let jwt = product("JWTKit", "jwt-kit")
let lifecycle = product("ServiceLifecycle", "swift-service-lifecycle")
let unixSignals = product("UnixSignals", "swift-service-lifecycle")
let logging = product("Logging", "swift-log")
let metrics = product("Metrics", "swift-metrics")
let nio = product("NIOCore", "swift-nio")
let nioHTTP1 = product("NIOHTTP1", "swift-nio")
let nioHTTPTypes = product("NIOHTTPTypes", "swift-nio-extras")
let nioPosix = product("NIOPosix", "swift-nio")
let nioTLS = product("NIOTLS", "swift-nio")
let protobuf = product("SwiftProtobuf", "swift-protobuf")
let system = product("SystemPackage", "swift-system")
let ssl = product("NIOSSL", "swift-nio-ssl")
let yaml = product("Yams", "Yams")

// MARK: - Kinds

/// The folders of kinds in each group's target: a folder has its sources, README.md, example.yaml and Tests.
///
/// All kinds of a group are tested in one target: `Tests/GROUPKindsTests/KIND` is a symbolic link to the kind's Tests,
/// because SwiftPM wants the sources of a target below one path.
let kindFolders: [String: [String]] = [
    "Core": [
        "ClusterRole", "ClusterRoleBinding", "ConfigMap", "CustomResourceDefinition", "Event", "Lease",
        "LocalSubjectAccessReview", "MutatingWebhookConfiguration", "Namespace",
        "Role", "RoleBinding", "Secret", "SelfSubjectAccessReview", "SelfSubjectReview", "SelfSubjectRulesReview",
        "ServiceAccount", "SubjectAccessReview", "TokenReview",
        "ValidatingWebhookConfiguration",
    ],
    "Management": ["Organization", "Project", "Site"],
    "Compute": ["SSHKey", "VirtualMachine"],
    "Networking": ["FloatingIP", "Network", "Port", "Router", "SecurityGroup"],
    "Storage": ["Volume", "VolumeSnapshot"],
]

/// The kinds whose Tests have a folder Fixtures, as `GROUP/KIND`.
let kindsWithFixtures: Set<String> = ["Core/CustomResourceDefinition"]

// MARK: - Targets

let package = Package(
    name: "scs-central",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "scs", targets: ["scs"])],
    dependencies: dependencies,
    targets: [
        // 0 values
        source("JSONTree"),
        tests("JSONTree"),
        source("Resources", uses: ["JSONTree"]),
        tests("Resources"),
        source("Patterns"),
        tests("Patterns"),
        source("CEL", uses: ["JSONTree", "Patterns"]),
        tests("CEL", uses: ["JSONTree"]),
        source("Schemas", uses: ["Resources", "CEL", "Patterns"]),
        source("KindContract", uses: ["Schemas", "YAMLTree"], path: "Tests/KindContract"),
        tests("Schemas", uses: ["KindContract"], exclude: ["Fixtures"]),
        source("Merging", uses: ["Schemas"]),
        .systemLibrary(
            name: "CZlib", path: "Sources/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        source(
            "Recordings", uses: ["JSONTree", "CZlib"], path: "Tests/Recordings", exclude: ["kubernetes-api.jsonl.gz"]),
        tests("Merging", uses: ["Recordings"]),
        source("YAMLTree", uses: ["JSONTree"], foreign: [yaml]),
        tests("YAMLTree"),

        // 1 machinery
        source("ProtobufForms", uses: ["JSONTree"], foreign: [protobuf], exclude: ["Definitions"]),
        tests("ProtobufForms", uses: ["JSONTree"], exclude: ["Fixtures"]),
        source("Observing", foreign: [logging, metrics]),
        tests("Observing"),
        source("Stores", uses: ["Resources", "Observing"], foreign: [crypto, deque, lifecycle]),
        source("StoreContract", uses: ["Stores"], path: "Tests/StoreContract"),
        tests("Stores", uses: ["StoreContract"]),
        .systemLibrary(
            name: "CSQLite", path: "Sources/CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        source("StoresSQLite", uses: ["Stores", "CSQLite"], foreign: [lifecycle, logging]),
        source("store-writer", kind: .executable, uses: ["StoresSQLite"], path: "Tests/StoreWriter"),
        tests("StoresSQLite", uses: ["StoreContract", "store-writer"]),
        source("Clients", uses: ["Resources"], foreign: [lifecycle]),
        source("TestTime", uses: ["Clients"], path: "Tests/TestTime"),
        source("ClientContract", uses: ["Clients", "TestTime"], path: "Tests/ClientContract"),
        tests("Clients", uses: ["ClientContract", "TestTime"]),
        source("Access", uses: ["Resources"]),
        tests("Access"),
        source(
            "RESTClient", uses: ["JSONTree", "Observing"],
            foreign: [asyncHTTPClient, crypto, httpTypes, nio, nioHTTP1, nioPosix, ssl]),
        tests("RESTClient", uses: ["Serving"]),
        source("Login", uses: ["Access", "CEL", "RESTClient"], foreign: [asn1, certificates, crypto, httpTypes, jwt]),
        source(
            "TestIssuer", uses: ["JSONTree", "Login", "Serving"], foreign: [crypto, cryptoExtras, httpTypes],
            path: "Tests/TestIssuer"),
        tests("Login", uses: ["TestIssuer"], exclude: ["Corpora"]),
        source(
            "Serving", uses: ["Observing", "CZlib"],
            foreign: [
                httpServer, http1Types, http2, http2Types, httpTypes, lifecycle, logging, nio, nioHTTP1, nioHTTPTypes,
                nioPosix, nioTLS, ssl,
            ]),
        tests("Serving", uses: ["RESTClient"], exclude: ["Fixtures"]),
        source(
            "Reconciling", uses: ["Clients", "Observing"], foreign: [lifecycle, deque, logging, metrics]),
        source(
            "ReconcilingTesting", uses: ["Reconciling", "ClientContract", "TestTime"], path: "Tests/ReconcilingTesting"),
        tests("Reconciling", uses: ["ReconcilingTesting", "ClientContract", "TestTime"]),

        // 2 worlds
        source("OpenStack", uses: ["RESTClient", "Resources"], foreign: [yaml, crypto]),
        source("OpenStackContract", uses: ["OpenStack"], path: "Tests/OpenStackContract"),
        tests("OpenStack", uses: ["OpenStackSimulator", "OpenStackContract"]),
        source("Kubernetes", uses: ["RESTClient", "Clients", "YAMLTree"], foreign: [httpTypes]),
        tests("Kubernetes", uses: ["APIServer", "StoresSQLite", "ClientContract"]),

        // 3 kinds, a target per API group, and the shape they share
        source("SiteKinds", uses: ["Schemas", "Reconciling", "OpenStack"]),
        source(
            "SiteKindContract",
            uses: [
                "SiteKinds", "OpenStackSimulator", "RESTClient", "ReconcilingTesting", "ClientContract", "TestTime",
            ],
            path: "Tests/SiteKindContract"),
        kinds("Core", uses: ["Schemas", "Reconciling", "Login"], foreign: [lifecycle]),
        kinds("Management", uses: ["SiteKinds", "Login", "RESTClient"], foreign: [lifecycle]),
        kinds("Compute", uses: ["SiteKinds"], foreign: [crypto, lifecycle]),
        kinds("Networking", uses: ["SiteKinds"], foreign: [lifecycle]),
        kinds("Storage", uses: ["SiteKinds"], foreign: [lifecycle]),

        // 4 faces
        source(
            "APIServer",
            uses: ["Merging", "Stores", "Clients", "Login", "RESTClient", "Serving", "YAMLTree", "ProtobufForms"],
            foreign: [crypto, httpTypes, lifecycle]),
        tests("APIServer", uses: ["ClientContract", "TestTime"]),

        source("CLI", uses: ["Kubernetes", "Schemas"], foreign: [argumentParser]),
        tests("CLI", uses: ["TestTime"]),

        // beside
        source("OpenStackSimulator", uses: ["Serving", "JSONTree"]),
        tests("OpenStackSimulator", uses: ["RESTClient"], exclude: ["Fixtures"]),

        // 5 assembly
        source(
            "ControlPlane",
            uses: [
                "StoresSQLite", "CoreKinds", "ManagementKinds", "ComputeKinds", "NetworkingKinds", "StorageKinds",
                "APIServer", "OpenStackSimulator",
            ],
            foreign: [configuration, httpTypes, lifecycle, logging, metrics, system, unixSignals]),
        tests(
            "ControlPlane",
            uses: [
                "scs", "Kubernetes", "Login", "OpenStack", "OpenStackSimulator", "RESTClient", "TestIssuer", "TestTime",
            ]),
        tests(
            "Replay", uses: ["ControlPlane", "CoreKinds", "Kubernetes", "Recordings", "TestTime"],
            exclude: ["differences.txt", "kinds.json"]),
        tests(
            "ForeignClients", uses: ["scs", "Kubernetes", "RESTClient", "TestTime", "YAMLTree"],
            exclude: ["README.md", "Manifests", "Python", "Stories"]),
        source("scs", kind: .executable, uses: ["CLI", "ControlPlane"], foreign: [argumentParser]),
        source("scs-bench", kind: .executable, uses: ["Kubernetes"], foreign: [argumentParser, crypto, httpTypes]),
        source(
            "Fuzzing",
            uses: ["JSONTree", "YAMLTree", "Merging", "Schemas", "CEL", "Patterns", "ProtobufForms", "APIServer"],
            path: "Tests/Fuzzing", exclude: ["Corpora"]),
        source("scs-fuzz", kind: .executable, uses: ["Fuzzing"], foreign: [argumentParser], path: "Tests/Fuzzer"),
        tests("Fuzzing"),
        tests("Policy"),
    ]
        + kindTests(
            uses: [
                "KindContract", "ClientContract", "TestTime", "ReconcilingTesting", "SiteKindContract",
                "OpenStackSimulator", "APIServer",
            ],
            foreign: [lifecycle, logging]),
    swiftLanguageModes: [.v6]
)

// MARK: - How a target is written down

enum TargetKind { case module, executable }

func product(_ name: String, _ package: String) -> Target.Dependency { .product(name: name, package: package) }

func settings() -> [SwiftSetting] {
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}

func source(
    _ name: String, kind: TargetKind = .module, uses: [String] = [], foreign: [Target.Dependency] = [],
    path: String? = nil, exclude: [String] = []
) -> Target {
    let dependencies = uses.map { Target.Dependency.target(name: $0) } + foreign
    let path = path ?? "Sources/\(name)"
    return switch kind {
    case .module:
        .target(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings())
    case .executable:
        .executableTarget(
            name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings())
    }
}

/// Tests read their fixtures by path, so folders of them are left out.
func tests(_ name: String, uses: [String] = [], exclude: [String] = []) -> Target {
    let subject = ["ForeignClients", "Policy", "Replay"].contains(name) ? [] : [Target.Dependency.target(name: name)]
    return .testTarget(
        name: "\(name)Tests", dependencies: subject + uses.map { .target(name: $0) }, path: "Tests/\(name)Tests",
        exclude: exclude, swiftSettings: settings())
}

func kinds(_ group: String, uses: [String], foreign: [Target.Dependency] = []) -> Target {
    let exclude = kindFolders[group, default: []].flatMap { ["\($0)/Tests", "\($0)/README.md", "\($0)/example.yaml"] }
    return source("\(group)Kinds", uses: uses, foreign: foreign, path: "Kinds/\(group)", exclude: exclude)
}

/// A test target for each group that has kinds.
func kindTests(uses: [String], foreign: [Target.Dependency]) -> [Target] {
    kindFolders.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { group, kinds in
        .testTarget(
            name: "\(group)KindsTests", dependencies: (["\(group)Kinds"] + uses).map { .target(name: $0) } + foreign,
            path: "Tests/\(group)KindsTests",
            exclude: kinds.filter { kindsWithFixtures.contains("\(group)/\($0)") }.map { "\($0)/Fixtures" },
            swiftSettings: settings())
    }
}
