namespace Amazon.Lambda.SQSEvents;

/// <summary>A batch of messages that Lambda took from a queue. Property names bind case-insensitively.</summary>
public class SQSEvent
{
    /// <summary>The messages.</summary>
    public List<SQSMessage> Records { get; set; }

    /// <summary>One message.</summary>
    public class SQSMessage
    {
        /// <summary>The message's id; a redelivered message keeps it.</summary>
        public string MessageId { get; set; }

        /// <summary>The handle of this delivery.</summary>
        public string ReceiptHandle { get; set; }

        /// <summary>The message's text.</summary>
        public string Body { get; set; }

        /// <summary>MD5 of the body, in hex.</summary>
        public string Md5OfBody { get; set; }

        /// <summary>MD5 of the message attributes, in hex.</summary>
        public string Md5OfMessageAttributes { get; set; }

        /// <summary>The queue's ARN.</summary>
        public string EventSourceArn { get; set; }

        /// <summary>"aws:sqs".</summary>
        public string EventSource { get; set; }

        /// <summary>The queue's region.</summary>
        public string AwsRegion { get; set; }

        /// <summary>The queue's own attributes: ApproximateReceiveCount, SentTimestamp, ...</summary>
        public Dictionary<string, string> Attributes { get; set; }

        /// <summary>The sender's attributes.</summary>
        public Dictionary<string, MessageAttribute> MessageAttributes { get; set; }
    }

    /// <summary>A value that the sender put beside the body.</summary>
    public class MessageAttribute
    {
        /// <summary>The value of a String or Number attribute.</summary>
        public string StringValue { get; set; }

        /// <summary>The value of a Binary attribute.</summary>
        public MemoryStream BinaryValue { get; set; }

        /// <summary>Reserved by SQS.</summary>
        public List<string> StringListValues { get; set; }

        /// <summary>Reserved by SQS.</summary>
        public List<MemoryStream> BinaryListValues { get; set; }

        /// <summary>String, Number or Binary, with an own suffix where the sender set one.</summary>
        public string DataType { get; set; }
    }
}
