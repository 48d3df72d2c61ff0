// SPDX-License-Identifier: Apache-2.0

/// A self-signed certificate for `localhost` and 127.0.0.1, good for a hundred years and for tests only.
enum TestCertificate {
    static let pem = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUOwXmCi5vkgeLZ64OjQnyur7CRtQwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDA1NDY0OFoYDzIxMjYxMDMx
        MDU0NjQ4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAASlXoutLsbKTarIcyVBwgz1MSvJvWf3pwxIJCrf5n9uFi+8wupsBIbH
        uXXr8I9YcclmkI6tRbzG0iQKogIp9+Wlo28wbTAdBgNVHQ4EFgQU9WWowPXLTCnk
        6MqUNNkOaLawtBcwHwYDVR0jBBgwFoAU9WWowPXLTCnk6MqUNNkOaLawtBcwDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSAAwRQIhAPKlrH1WerficprGa3c/HVknQMVlu8p06pkOAXuzy99MAiAe
        jLBwX+W94fSkp/Wb1KZgZxjqVLBsEFtwfg4LRDjJGQ==
        -----END CERTIFICATE-----
        """

    static let privateKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/KjjS/EFrY7D+IyD
        mr/1yeak7oSJ0+HmhAGrI5UJ22ehRANCAASlXoutLsbKTarIcyVBwgz1MSvJvWf3
        pwxIJCrf5n9uFi+8wupsBIbHuXXr8I9YcclmkI6tRbzG0iQKogIp9+Wl
        -----END PRIVATE KEY-----
        """
}
