using System.Net.Sockets;

namespace PiStereoLink.Agent;

/// <summary>Puts what went wrong with a connection into plain words with a next step.</summary>
public static class LinkFault
{
    /// <summary>Why no connection came about.</summary>
    public static string NotReached(Exception cause) => cause switch
    {
        TrustException => cause.Message,
        TimeoutException or SocketException { SocketErrorCode: SocketError.TimedOut } =>
            "no answer. Is the address right, and does a firewall let the port through?",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "connection refused. Is the receiver running there?",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            "nobody knows this name. Is it spelt right? Its address works too.",
        SocketException { SocketErrorCode: SocketError.NetworkUnreachable or SocketError.HostUnreachable } =>
            "no way there. Is this Pi on the network?",
        _ => $"{cause.Message.TrimEnd('.')}.",
    };

    /// <summary>Why a connection that had been there ended.</summary>
    public static string Lost(Exception cause) => cause switch
    {
        ReceiverSilentException or TrustException => cause.Message,
        ReceiverClosedException => "the receiver closed the connection.",
        SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted } =>
            "the receiver broke the connection off.",
        SocketException { SocketErrorCode: SocketError.TimedOut } =>
            $"the receiver has not answered for {ReceiverSocket.UnansweredLimit.TotalSeconds:0} s. Is the network there?",
        _ => $"{cause.Message.TrimEnd('.')}.",
    };
}

/// <summary>The receiver closed its end.</summary>
public sealed class ReceiverClosedException() : IOException("The receiver closed the connection.");

/// <summary>A receiver that acknowledges has stopped to say anything.</summary>
public sealed class ReceiverSilentException(string message) : IOException(message);
