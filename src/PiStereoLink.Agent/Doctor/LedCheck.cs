namespace PiStereoLink.Agent;

/// <summary>Whether the camera's LED can be switched here. That it cannot is no fault.</summary>
public static class LedCheck
{
    public static Finding Look(Leds leds)
    {
        try
        {
            using var led = leds.Find(new LedSpec.Auto());
            return Finding.Ok(LedReport.Of(leds.Board, led).Message);
        }
        catch (LedException e)
        {
            return Finding.Ok(e.Message);
        }
    }
}
