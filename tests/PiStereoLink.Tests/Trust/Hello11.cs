namespace PiStereoLink.Tests.Trust;

/// <summary>The first message of a client that knows TLS 1.1 (RFC 4346) and nothing newer. No library of today will say it.</summary>
internal static class Hello11
{
    public static byte[] Bytes()
    {
        byte[] extensions =
        [
            0, 10, 0, 4, 0, 2, 0, 0x17,     // supported_groups: secp256r1
            0, 11, 0, 2, 1, 0,              // ec_point_formats: uncompressed
            0, 16, 0, 8, 0, 6, 5, (byte)'p', (byte)'s', (byte)'l', (byte)'/', (byte)'1',
        ];
        byte[] body =
        [
            3, 2, .. new byte[32], 0,                       // TLS 1.1, random, no session
            0, 4, 0xC0, 0x09, 0xC0, 0x0A,                   // ECDHE_ECDSA with AES-CBC and SHA-1
            1, 0,                                           // no compression
            0, (byte)extensions.Length, .. extensions,
        ];
        byte[] handshake = [1, 0, 0, (byte)body.Length, .. body];
        return [0x16, 3, 1, 0, (byte)handshake.Length, .. handshake];
    }
}
