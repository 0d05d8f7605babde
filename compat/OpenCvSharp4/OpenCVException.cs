namespace OpenCvSharp;

/// <summary>OpenCV refused a call: what, where and why, in its own words.</summary>
public class OpenCVException : Exception
{
    public OpenCVException(ErrorCode status, string funcName, string errMsg, string fileName, int line)
        : base(errMsg)
    {
        Status = status;
        FuncName = funcName;
        ErrMsg = errMsg;
        FileName = fileName;
        Line = line;
    }

    public OpenCVException()
    {
    }

    public OpenCVException(string message)
        : base(message)
    {
    }

    public OpenCVException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The kind of error.</summary>
    public ErrorCode Status { get; set; }

    /// <summary>The C++ function that threw.</summary>
    public string FuncName { get; set; } = "";

    /// <summary>OpenCV's sentence, the condition that did not hold.</summary>
    public string ErrMsg { get; set; } = "";

    /// <summary>The file of OpenCV's source.</summary>
    public string FileName { get; set; } = "";

    /// <summary>The line in it.</summary>
    public int Line { get; set; }
}
